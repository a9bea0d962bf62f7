import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { asAppError } from '../../src/protocol/app-code.ts';
import { PROTOCOL_ERROR_CODES, ProtocolError } from '../../src/protocol/errors.ts';

describe('protocol errors at the edge', () => {
  it('each becomes an error that the service can tell, and none is the server’s fault', () => {
    for (const code of PROTOCOL_ERROR_CODES) {
      const error = asAppError(new ProtocolError(code, 'seal'));
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).status).toBeGreaterThanOrEqual(400);
      expect((error as AppError).status).toBeLessThan(500);
      expect((error as AppError).field).toBe('seal');
    }
  });

  it('what is not the protocol’s comes back as it was', () => {
    const defect = new TypeError('x');
    expect(asAppError(defect)).toBe(defect);
  });

  it('an error says its code and field and never a value', () => {
    expect(new ProtocolError('core_malformed', 'tip').message).toBe('core_malformed: tip');
    expect(new ProtocolError('encoding').message).toBe('encoding');
  });
});
