import type { EntityBindings } from '@plumbline/backstage-plugin-plumbline-common';
import { noSuchEntity } from '../../permissions';
import type { BindingStore } from '../BindingStore';
import type { BindingService, BindingsRequest } from './BindingService';

/**
 * Bindings out of the database, for whoever asks; see {@link AuthorizedBindingService}.
 *
 * @internal
 */
export class DefaultBindingService implements BindingService {
  readonly #store: BindingStore;

  private constructor(store: BindingStore) {
    this.#store = store;
  }

  static create(options: { store: BindingStore }): DefaultBindingService {
    return new DefaultBindingService(options.store);
  }

  async getBindings({
    entityRef,
    cursor,
    limit,
  }: BindingsRequest): Promise<EntityBindings> {
    const bindings = await this.#store.getBindings(entityRef, {
      cursor,
      limit,
    });
    if (!bindings) {
      throw noSuchEntity(entityRef);
    }
    return bindings;
  }
}
