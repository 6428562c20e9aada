import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityRef,
  SharedCost,
  SharePartner,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { decimalToNanos, nanosToDecimal } from '../../database';
import type {
  CatalogNames,
  CallerRights,
  EntityStore,
} from '../../permissions';

/**
 * Which sides of shared cost the caller may see: entities that Plumbline's permission and the catalog show, and
 * buckets by the permission. A weight would give the other side's whole away, so it goes with the name.
 *
 * @internal
 */
export class PartnerVisibility {
  static async of(
    partners: readonly SharePartner[],
    options: {
      rights: Pick<CallerRights, 'allows'>;
      entities: EntityStore;
      names: CatalogNames;
      credentials: BackstageCredentials;
    },
  ): Promise<PartnerVisibility> {
    const { rights, entities, names, credentials } = options;
    const refs = [
      ...new Set(partners.flatMap(({ entityRef }) => entityRef ?? [])),
    ];
    const buckets = partners.some(({ bucket }) => bucket)
      ? Object.entries(await entities.getBuckets())
      : [];
    const [records, shown] =
      refs.length > 0
        ? await Promise.all([
            entities.getByRefs(refs),
            names.getVisible(refs, credentials),
          ])
        : [[], new Set<EntityRef>()];
    return new PartnerVisibility(
      new Set([
        ...records.flatMap(record =>
          record &&
          shown.has(record.ref) &&
          rights.allows(plumblineCostReadPermission, record)
            ? [record.ref]
            : [],
        ),
        ...buckets.flatMap(([bucket, record]) =>
          rights.allows(plumblineCostReadPermission, record) ? [bucket] : [],
        ),
      ]),
    );
  }

  private constructor(private readonly visible: ReadonlySet<string>) {}

  shows({ entityRef, bucket }: SharePartner): boolean {
    return this.visible.has(entityRef ?? bucket ?? '');
  }

  /** Leaves out whom the caller may not see; those are one part, so that nobody can count them. */
  hide(shares: readonly SharedCost[]): SharedCost[] {
    const hidden = new Map<string, SharedCost>();
    const shown = shares.filter(share => {
      const { partner, direction, month, currency, amount } = share;
      if (!partner || this.shows(partner)) {
        return true;
      }
      const key = `${direction} ${month} ${currency}`;
      const before = hidden.get(key);
      hidden.set(key, {
        direction,
        month,
        currency,
        amount: nanosToDecimal(
          decimalToNanos(before?.amount ?? '0') + decimalToNanos(amount),
        ),
        ...((before?.wholeMonth || share.wholeMonth) && { wholeMonth: true }),
      });
      return false;
    });
    return [...shown, ...hidden.values()];
  }
}
