import { parseMonths } from './parseMonths';

describe('parseMonths', () => {
  it('takes months, or none', () => {
    expect(parseMonths({ from: '2026-01', to: '2026-02' })).toEqual({
      from: '2026-01',
      to: '2026-02',
    });
    expect(parseMonths({})).toEqual({});
  });

  it('refuses what is no month', () => {
    expect(() => parseMonths({ to: '2026-00' })).toThrow("'to' (2026-00)");
  });
});
