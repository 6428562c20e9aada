import { costCsv, csvField } from '.';

describe('costCsv', () => {
  it('keeps amounts exact and leaves unknown ones empty', () => {
    expect(
      costCsv({
        currency: 'USD',
        periods: ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'],
        gaps: {
          incompleteFrom: '2026-11-22',
          missing: [{ from: '2026-11-18', to: '2026-11-20' }],
        },
        series: [
          {
            key: 'AWS Lambda',
            label: 'AWS Lambda',
            total: '12.345000001',
            amounts: ['0', '12.345000002', '-0.000000001', '0'],
          },
        ],
      }),
    ).toBe(
      [
        'key,name,provider,account,region,type,currency,total,2026-11-19,2026-11-20,2026-11-21,2026-11-22',
        'AWS Lambda,AWS Lambda,,,,,USD,12.345000001,,12.345000002,-0.000000001,',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tcmd', "'\tcmd"],
    ['-12.5', '-12.5'],
    ['a,b', '"a,b"'],
    ['two\nlines', '"two\nlines"'],
  ])('writes %j as %j', (value, expected) => {
    expect(csvField(value)).toBe(expected);
  });
});
