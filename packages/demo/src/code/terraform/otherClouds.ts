import { DeclaredResource, isOfKind, OfKind } from '../declarations';
import { indent, lines } from '../text';
import { serviceOf } from './lambda';
import { tagsOf } from './tags';

/** The Terraform blocks of one Azure resource. */
export function azureBlocks(
  resource: DeclaredResource,
  team: string,
): string[] {
  const tags = indent(tagsOf(resource, team) ?? '', 2);
  if (isOfKind(resource, 'azure-function-app')) {
    return functionApp(resource, tags);
  }
  if (isOfKind(resource, 'azure-storage-account')) {
    return [storageAccount(resource.label, resource.instances[0].name, tags)];
  }
  throw new Error(`There is no Azure code for ${resource.address}`);
}

/** The Terraform blocks of one Google Cloud resource. */
export function googleBlocks(
  resource: DeclaredResource,
  team: string,
): string[] {
  // Google Cloud calls them labels.
  const labels = indent(
    (tagsOf(resource, team) ?? '').replace(
      'tags = merge(local.tags',
      'labels = merge(local.tags',
    ),
    2,
  );
  if (isOfKind(resource, 'gcp-function')) {
    return [googleFunction(resource, labels)];
  }
  if (isOfKind(resource, 'gcs-bucket')) {
    return [
      lines(
        `resource "google_storage_bucket" "${resource.label}" {`,
        `  name = "${resource.instances[0].name}"`,
        '  location = upper(var.region)',
        `  storage_class = "${resource.configuration.storageClass}"`,
        '  uniform_bucket_level_access = true',
        '',
        labels,
        '}',
      ),
    ];
  }
  throw new Error(`There is no Google Cloud code for ${resource.address}`);
}

function functionApp(
  resource: OfKind<'azure-function-app'>,
  tags: string,
): string[] {
  const { label, nameTemplate, configuration } = resource;
  const group = /resourceGroups\/([^/]+)-(?:prod|dev)\//.exec(
    resource.instances[0].id,
  )?.[1];
  return [
    lines(
      'resource "azurerm_resource_group" "this" {',
      `  name = "${group}-\${var.environment}"`,
      '  location = var.region',
      '}',
    ),
    lines(
      'resource "azurerm_service_plan" "this" {',
      `  name = "${nameTemplate}"`,
      '  resource_group_name = azurerm_resource_group.this.name',
      '  location = azurerm_resource_group.this.location',
      '  os_type = "Linux"',
      `  sku_name = "${configuration.plan}"`,
      '}',
    ),
    storageAccount(
      'functions',
      `\${replace("${nameTemplate}", "-", "")}fn`,
      '  tags = local.tags',
    ),
    lines(
      `resource "azurerm_linux_function_app" "${label}" {`,
      `  name = "${nameTemplate}"`,
      '  resource_group_name = azurerm_resource_group.this.name',
      '  location = azurerm_resource_group.this.location',
      '  service_plan_id = azurerm_service_plan.this.id',
      '  storage_account_name = azurerm_storage_account.functions.name',
      '  storage_account_access_key = azurerm_storage_account.functions.primary_access_key',
      '',
      '  site_config {',
      '    application_stack {',
      configuration.runtime === 'node'
        ? '      node_version = "22"'
        : '      dotnet_version = "8.0"',
      '    }',
      '  }',
      '',
      '  app_settings = {',
      '    LOG_LEVEL = "info"',
      '  }',
      '',
      tags,
      '}',
    ),
  ];
}

function storageAccount(label: string, name: string, tags: string): string {
  return lines(
    `resource "azurerm_storage_account" "${label}" {`,
    `  name = "${name}"`,
    '  resource_group_name = azurerm_resource_group.this.name',
    '  location = azurerm_resource_group.this.location',
    '  account_tier = "Standard"',
    '  account_replication_type = "LRS"',
    '',
    tags,
    '}',
  );
}

function googleFunction(
  resource: OfKind<'gcp-function'>,
  labels: string,
): string {
  const { label, configuration } = resource;
  return lines(
    `resource "google_cloudfunctions2_function" "${label}" {`,
    `  name = "${resource.instances[0].name}"`,
    '  location = var.region',
    '',
    '  build_config {',
    `    runtime = "${configuration.runtime}"`,
    '    entry_point = "handle"',
    '',
    '    source {',
    '      storage_source {',
    '        bucket = "larkspur-artifacts"',
    `        object = "${serviceOf(resource)}/\${var.revision}.zip"`,
    '      }',
    '    }',
    '  }',
    '',
    '  service_config {',
    `    available_memory = "${configuration.memoryMb}M"`,
    `    timeout_seconds = ${configuration.timeoutSeconds}`,
    '    min_instance_count = 0',
    '    max_instance_count = 20',
    '  }',
    '',
    labels,
    '}',
  );
}
