import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navModule } from './nav';
import { signInModule } from './signIn';

/** The demo portal. Plugins are discovered from package.json by `app.packages: all`. */
export const app = createApp({
  features: [catalogPlugin, navModule, signInModule],
});
