import {
  parseEntityRef as parseCatalogRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * A full entity reference, `kind:namespace/name`, in lower case.
 *
 * @public
 */
export type EntityRef = string & { readonly __brand: 'EntityRef' };

/** What no name of the catalog may hold, and PostgreSQL refuses in part. */
const CONTROL = /\p{Cc}/u;

/**
 * Makes a full, lower-case {@link EntityRef} of a reference in text or in parts.
 *
 * @throws InputError when the kind or the name is missing, or a part holds a control character.
 * @public
 */
export function toEntityRef(
  ref: string | { kind: string; namespace?: string; name: string },
): EntityRef {
  const parts = typeof ref === 'string' ? [ref] : Object.values(ref);
  if (parts.some(part => CONTROL.test(part))) {
    throw new InputError(
      `${JSON.stringify(
        ref,
      )} is not an entity reference: it holds a control character`,
    );
  }
  try {
    const compound = typeof ref === 'string' ? parseCatalogRef(ref) : ref;
    return stringifyEntityRef(compound).toLocaleLowerCase('en-US') as EntityRef;
  } catch (error) {
    throw new InputError(
      `'${JSON.stringify(
        ref,
      )}' is not an entity reference; write it as kind:namespace/name`,
      error,
    );
  }
}
