import { freshSource } from '../cost/testUtils';
import { RecentStatuses } from './RecentStatuses';

describe('RecentStatuses', () => {
  it('asks again after five seconds, and at once after a failure', async () => {
    let now = 0;
    const getStatuses = jest.fn(async () => [freshSource()]);
    const recent = RecentStatuses.create({
      inner: { getStatuses },
      now: () => now,
    });
    await recent.getStatuses();
    now = 4_999;
    await recent.getStatuses();
    expect(getStatuses).toHaveBeenCalledTimes(1);
    now = 5_000;
    getStatuses.mockRejectedValueOnce(new Error('The database is gone'));
    await expect(recent.getStatuses()).rejects.toThrow('gone');
    await expect(recent.getStatuses()).resolves.toHaveLength(1);
    expect(getStatuses).toHaveBeenCalledTimes(3);
  });
});
