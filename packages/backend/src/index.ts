import { createBackend } from '@backstage/backend-defaults';
import { demoPolicyModule, demoSignInModule } from '@plumbline/demo';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoSignInModule);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(demoPolicyModule);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@plumbline/backstage-plugin-plumbline-backend'));
backend.add(import('@plumbline/backstage-plugin-plumbline-backend-module-aws'));
backend.add(
  import('@plumbline/backstage-plugin-plumbline-backend-module-focus'),
);
backend.add(
  import('@plumbline/backstage-plugin-plumbline-backend-module-metrics'),
);

backend.start();
