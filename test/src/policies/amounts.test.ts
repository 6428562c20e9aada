import { amountsIn, hadBySubtraction } from './amounts';

const secrets = new Map([[7_500_000_000n, 'the other team']]);

it('finds amounts, and no days or versions', () => {
  expect(
    amountsIn(
      '{"a":"12.5","b":-0.000000001,"c":"2026-03-01T00:00:00.000Z","d":"1.2.3"}',
    ),
  ).toEqual([12_500_000_000n, -1n]);
});

it('finds what is shown, and what is the difference of two figures', () => {
  expect(hadBySubtraction([7_500_000_000n], secrets)).toHaveLength(1);
  expect(
    hadBySubtraction([10_000_000_000n, 2_500_000_000n], secrets),
  ).toHaveLength(1);
  expect(hadBySubtraction([10_000_000_000n, 1n], secrets)).toEqual([]);
});
