// Check-log verifies a TinKín log with Go's own packages for transparency logs, and nothing of TinKín: the signatures under the newest
// checkpoint, that every entry served is in its tree, and that the tree goes on from checkpoints kept earlier.
//
//	check-log https://tin.example.vn 'VKEY OF THE LOG' [-witness VKEY]... [kept checkpoint]...
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

func get(address string) ([]byte, error) {
	answer, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("%s: %s", address, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// site serves tiles below its address. Go writes the tile's height into the path, C2SP logs do not.
type site string

func (s site) Height() int                     { return 8 }
func (s site) SaveTiles([]tlog.Tile, [][]byte) {}
func (s site) ReadTiles(list []tlog.Tile) (out [][]byte, err error) {
	for _, tile := range list {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := get(string(s) + "/ledger/" + path)
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

// entries fetches the bundle of 256 entries that begins at n*256, or what the tree has of it.
func (s site) entries(n, size int64) ([]byte, error) {
	tile := tlog.Tile{H: 8, L: 0, N: n, W: 256}
	if rest := size - n*256; rest < 256 {
		tile.W = int(rest)
	}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	return get(string(s) + "/ledger/" + path)
}

// witness verifies lines of cosignature/v1, which Go's note package does not know: eight bytes of time, then Ed25519 over time and text.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	seconds := binary.BigEndian.Uint64(sig)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", seconds, text)
	return ed25519.Verify(w.key, []byte(message), sig[8:])
}

func newWitness(vkey string) (note.Verifier, error) {
	part := strings.SplitN(vkey, "+", 3)
	if len(part) != 3 {
		return nil, fmt.Errorf("not a verifier key: %s", vkey)
	}
	hash, err := strconv.ParseUint(part[1], 16, 32)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(part[2])
	sum := sha256.Sum256(append([]byte(part[0]+"\n"), key...))
	if err != nil || len(key) != 33 || key[0] != 4 || binary.BigEndian.Uint32(sum[:]) != uint32(hash) {
		return nil, fmt.Errorf("not the verifier key of a witness: %s", vkey)
	}
	return witness{name: part[0], hash: uint32(hash), key: key[1:]}, nil
}

func main() {
	if len(os.Args) < 3 {
		must(fmt.Errorf("usage: check-log SITE VKEY [-witness VKEY]... [kept checkpoint]..."))
	}
	log, err := note.NewVerifier(os.Args[2])
	must(err)
	verifiers, kept := []note.Verifier{log}, []string{}
	for args := os.Args[3:]; len(args) > 0; args = args[1:] {
		if args[0] != "-witness" || len(args) == 1 {
			kept = append(kept, args[0])
			continue
		}
		w, err := newWitness(args[1])
		must(err)
		verifiers, args = append(verifiers, w), args[1:]
	}
	open := func(data []byte) (*note.Note, tlog.Tree) {
		n, err := note.Open(data, note.VerifierList(verifiers...))
		must(err)
		line := strings.Split(n.Text, "\n")
		size, err := strconv.ParseInt(line[1], 10, 64)
		must(err)
		root, err := tlog.ParseHash(line[2])
		must(err)
		if line[0] != log.Name() || n.Sigs[0].Name != log.Name() {
			must(fmt.Errorf("a checkpoint of another log, or not signed by it first"))
		}
		return n, tlog.Tree{N: size, Hash: root}
	}

	at := site(strings.TrimRight(os.Args[1], "/"))
	data, err := get(string(at) + "/ledger/checkpoint")
	must(err)
	newest, tree := open(data)
	for _, signature := range newest.Sigs {
		fmt.Println("signed by", signature.Name)
	}
	hashes := tlog.TileHashReader(tree, at)
	for n := int64(0); n*256 < tree.N; n++ {
		bundle, err := at.entries(n, tree.N)
		must(err)
		for i := n * 256; i < tree.N && i < n*256+256; i++ {
			if len(bundle) < 66 || !bytes.Equal(bundle[:2], []byte{0, 64}) {
				must(fmt.Errorf("no entry %d", i))
			}
			proof, err := tlog.ProveRecord(tree.N, i, hashes)
			must(err)
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, i, tlog.RecordHash(bundle[2:66])))
			bundle = bundle[66:]
		}
	}
	fmt.Printf("all %d entries are in the tree %v\n", tree.N, tree.Hash)
	for _, name := range kept {
		data, err := os.ReadFile(name)
		must(err)
		_, old := open(data)
		proof, err := tlog.ProveTree(tree.N, old.N, hashes)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
		fmt.Printf("goes on from %s of size %d\n", name, old.N)
	}
}
