import { ClosingCalendar } from './ClosingCalendar';

const at = (time: string) => new Date(`${time}Z`);

describe('ClosingCalendar', () => {
  const calendar = ClosingCalendar.create();

  it('closes a month on the fifth day of the next one', () => {
    expect(calendar.closingOf('2026-02', at('2026-02-28T23:59:59'))).toEqual({
      at: at('2026-03-05T00:00:00'),
      history: false,
    });
  });

  it('gives a week to what was over at the first start, also where its fifth day was still to come', () => {
    for (const since of [
      '2026-03-01T00:00:00',
      '2026-03-03T12:00:00',
      '2026-03-20T12:00:00',
    ]) {
      expect(calendar.closingOf('2026-02', at(since))).toEqual({
        at: new Date(at(since).getTime() + 7 * 86_400_000),
        history: true,
      });
    }
  });

  it('never closes a month before its time', () => {
    const patient = ClosingCalendar.create({ closeAfter: { days: 20 } });
    expect(patient.closingOf('2026-02', at('2026-03-03T12:00:00'))).toEqual({
      at: at('2026-03-21T00:00:00'),
      history: true,
    });
  });

  it('does not say when, where it is not known since when', () => {
    expect(calendar.closingOf('2026-02', undefined)).toEqual({ history: true });
  });
});
