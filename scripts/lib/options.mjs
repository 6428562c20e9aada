import path from 'node:path';
import { parseArgs } from 'node:util';
import { StepError } from './steps.mjs';

export const DEFAULT_PORT = 7007;

/** Reads `--port` and `--config`; paths are relative to where the command was given. */
export function parseOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        config: { type: 'string', multiple: true },
      },
    });
    const port = Number(values.port ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new Error(
        `--port takes a number from 1 to 65535, not '${values.port}'`,
      );
    }
    const from = process.env.INIT_CWD ?? process.cwd();
    return {
      port,
      configs: (values.config ?? []).map(file => path.resolve(from, file)),
    };
  } catch (error) {
    throw new StepError(
      `Failed: read the command line.\n${error.message}\nWhat to do: use --port <number> or --config <file>.`,
    );
  }
}

/** What moves the portal to another port than the one in app-config.yaml. */
export function portalEnv(port) {
  if (port === DEFAULT_PORT) {
    return {};
  }
  const url = JSON.stringify(`http://localhost:${port}`);
  return {
    APP_CONFIG_app_baseUrl: url,
    APP_CONFIG_backend_baseUrl: url,
    APP_CONFIG_backend_listen_port: String(port),
  };
}
