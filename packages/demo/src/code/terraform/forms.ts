import { Environment } from '../../company';

/** How a person wrote a function's memory down. */
export type MemoryForm =
  /** `memory_size = 512` */
  | 'literal'
  /** `memory_size = "512"` */
  | 'string'
  /** Nothing: the provider's default of 128. */
  | 'absent'
  /** A variable without default, set in each environment's tfvars. */
  | 'tfvars'
  /** A variable with a default that no tfvars sets. */
  | 'default'
  /** A local value. */
  | 'local'
  /** A local map by environment. */
  | 'map';

const forms: Record<string, MemoryForm> = {
  'storefront-bff': 'tfvars',
  'checkout-api': 'tfvars',
  'shipment-tracker': 'tfvars',
  'event-archive': 'tfvars',
  'image-resizer': 'default',
  'carrier-gateway': 'default',
  'label-printer': 'default',
  'price-engine': 'local',
  'month-end-close': 'local',
  'product-search': 'map',
  'pick-planner': 'map',
  'tax-calculator': 'string',
  'feature-flags': 'absent',
};

/** The form for a service; most people write a number. */
export function memoryFormOf(service: string): MemoryForm {
  return forms[service] ?? 'literal';
}

/** What a form writes, and where. */
export interface WrittenMemory {
  /** The attribute's value; undefined where it is left out. */
  value?: string;
  locals: string[];
  variables: {
    name: string;
    type: string;
    description: string;
    default?: string;
  }[];
  tfvars: string[];
}

/** Writes a function's memory down in a form. */
export function writeMemory(
  form: MemoryForm,
  memoryMb: number,
  environments: readonly Environment[],
): WrittenMemory {
  const nothing = { locals: [], variables: [], tfvars: [] };
  const variable = {
    name: 'memory_size',
    type: 'number',
    description: 'Memory of the function in MB',
  };
  switch (form) {
    case 'string':
      return { ...nothing, value: `"${memoryMb}"` };
    case 'absent':
      return nothing;
    case 'tfvars':
      return {
        ...nothing,
        value: 'var.memory_size',
        variables: [variable],
        tfvars: [`memory_size = ${memoryMb}`],
      };
    case 'default':
      return {
        ...nothing,
        value: 'var.memory_size',
        variables: [{ ...variable, default: String(memoryMb) }],
      };
    case 'local':
      return {
        ...nothing,
        value: 'local.memory_mb',
        locals: [
          '# Measured in the load test of spring 2025.',
          `memory_mb = ${memoryMb}`,
        ],
      };
    case 'map':
      return {
        ...nothing,
        value: 'local.memory_mb[var.environment]',
        locals: [
          'memory_mb = {',
          ...environments.map(name => `  ${name} = ${memoryMb}`),
          '}',
        ],
      };
    default:
      return { ...nothing, value: String(memoryMb) };
  }
}
