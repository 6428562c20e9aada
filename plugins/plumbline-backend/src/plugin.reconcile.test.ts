import request from 'supertest';
import {
  allow,
  deny,
  ownedByPayments,
  startPlumbline,
} from './__testUtils__/startPlumbline';

jest.setTimeout(60_000);

const invoice = {
  source: 'focus:aws',
  month: '2026-02',
  currency: 'USD',
  amount: '12.50',
  note: 'From the PDF',
};
const url = '/api/plumbline/v1';

describe('reconciling over HTTP', () => {
  it('is for those who may read all costs', async () => {
    const { server } = await startPlumbline(() => ownedByPayments);
    for (const call of [
      request(server).get(`${url}/reconcile`),
      request(server).put(`${url}/invoices`).send(invoice),
    ]) {
      const { status, body } = await call;
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/right to see all costs/);
    }
  });

  it('takes invoices from administrators and the owners of the buckets only', async () => {
    const { server, costs, auditor } = await startPlumbline(permission =>
      permission === 'plumbline.admin' ? deny : allow,
    );
    await costs.database
      .knex('cost_partition')
      .update({ totals: '[{"currency":"USD","effective":"1","billed":"1"}]' });
    const put = () => request(server).put(`${url}/invoices`).send(invoice);
    const refused = await put();
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/plumbline.buckets.owner/);
    const shown = await request(server).get(`${url}/reconcile`);
    expect(shown.body).toMatchObject({ mayEnter: false });
    expect(shown.body.months).toHaveLength(3);

    await costs.database
      .knex('entity')
      .where({ kind: 'bucket' })
      .update({ owner_ref: 'user:default/mock' });
    expect((await put()).status).toBe(204);
    const { body } = await request(server).get(
      `${url}/reconcile?from=2026-02&to=2026-02`,
    );
    expect(body).toMatchObject({
      mayEnter: true,
      months: [
        {
          invoiceTotal: '12.5',
          invoices: [{ id: '', history: [{ enteredBy: 'user:default/mock' }] }],
        },
      ],
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'invoice-enter',
        meta: expect.objectContaining({ amount: '12.50' }),
      }),
    );
  });

  it('refuses what makes no sense', async () => {
    const { server } = await startPlumbline(() => allow);
    for (const wrong of [
      { month: '2026-13' },
      { amount: 'twelve' },
      { currency: 'dollars' },
      { source: undefined },
    ]) {
      const { status } = await request(server)
        .put(`${url}/invoices`)
        .send({ ...invoice, ...wrong });
      expect([wrong, status]).toEqual([wrong, 400]);
    }
    expect(
      (await request(server).get(`${url}/reconcile?from=2026-00`)).status,
    ).toBe(400);
  });
});
