import {
  parseCloseBody,
  parseMonth,
  parsePage,
  parseStatementQuery,
  parseStatementsPage,
} from './parseStatements';

describe('parseMonth', () => {
  it('takes months of the calendar', () => {
    expect(parseMonth('2026-01')).toBe('2026-01');
    expect(() => parseMonth('2026-1')).toThrow("'2026-1' is no month");
    expect(() => parseMonth('2026-00')).toThrow('YYYY-MM');
  });
});

describe('parseStatementsPage', () => {
  it('gives thirteen months where nothing is said', () => {
    expect(parseStatementsPage({})).toEqual({ limit: 13 });
    expect(parseStatementsPage({ cursor: '2026-01', limit: '60' })).toEqual({
      before: '2026-01',
      limit: 60,
    });
  });

  it('names what is wrong', () => {
    expect(() => parseStatementsPage({ limit: '61' })).toThrow("'limit'");
    expect(() => parseStatementsPage({ cursor: '5' })).toThrow("'cursor' (5)");
  });
});

describe('parseStatementQuery', () => {
  it('fills in what is not said', () => {
    expect(parseStatementQuery({ search: '  ' })).toEqual({
      by: 'owner',
      asOf: 'restated',
      page: { offset: 0, limit: 100 },
    });
  });

  it('takes what is', () => {
    expect(
      parseStatementQuery({
        by: 'entity',
        'as-of': 'original',
        search: ' pay ',
        cursor: '200',
        limit: '50',
      }),
    ).toEqual({
      by: 'entity',
      asOf: 'original',
      search: 'pay',
      page: { offset: 200, limit: 50 },
    });
  });

  it.each(['-1', '1.5', 'next', '99999999999'])('refuses cursor %s', cursor => {
    expect(() => parsePage({ cursor })).toThrow("'cursor'");
  });
});

describe('parseCloseBody', () => {
  it('asks for a reason where it is forced', () => {
    expect(parseCloseBody({})).toEqual({});
    expect(parseCloseBody({ force: false, reason: 'x' })).toEqual({});
    expect(parseCloseBody({ force: true, reason: ' late ' })).toEqual({
      force: { reason: 'late' },
    });
    expect(() => parseCloseBody({ force: true })).toThrow("'reason'");
    expect(() => parseCloseBody({ force: true, reason: ' ' })).toThrow(
      "'reason'",
    );
  });
});
