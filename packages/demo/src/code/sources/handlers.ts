import { CloudResource } from '../../company';
import { Files, lines, pascalCase } from '../text';

type Runtime = Extract<
  CloudResource['configuration'],
  { kind: 'lambda-function' }
>['runtime'];

/** A service's source code, a few lines in the language of its runtime. */
export function serviceSources(
  name: string,
  description: string,
  runtime: Runtime | 'website',
): Files {
  switch (runtime) {
    case 'python3.13':
      return python(name, description);
    case 'java21':
      return java(name, description);
    case 'website':
      return website(name, description);
    default:
      return node(name, description);
  }
}

function node(name: string, description: string): Files {
  return {
    'package.json': `${JSON.stringify(
      {
        name: `@larkspur/${name}`,
        version: '1.0.0',
        private: true,
        description,
        type: 'module',
        scripts: {
          build:
            'esbuild src/index.ts --bundle --platform=node --target=node22 --outfile=build/index.js',
          test: 'node --test',
        },
        devDependencies: {
          '@types/aws-lambda': '8.10.147',
          esbuild: '0.25.2',
          typescript: '5.8.3',
        },
      },
      undefined,
      2,
    )}\n`,
    'src/index.ts': lines(
      "import { handle } from './handle';",
      '',
      `/** ${description}. */`,
      'export async function handler(event: unknown) {',
      "  console.info(JSON.stringify({ stage: process.env.STAGE, message: 'called' }));",
      '  return { statusCode: 200, body: JSON.stringify(await handle(event)) };',
      '}',
    ),
    'src/handle.ts': lines(
      'export async function handle(event: unknown) {',
      `  return { service: '${name}', received: event !== undefined };`,
      '}',
    ),
  };
}

function python(name: string, description: string): Files {
  return {
    'requirements.txt': lines('aws-lambda-powertools==3.9.0'),
    'src/app.py': lines(
      `"""${description}."""`,
      '',
      'import json',
      'import logging',
      'import os',
      '',
      'logger = logging.getLogger()',
      'logger.setLevel(os.environ.get("LOG_LEVEL", "info").upper())',
      '',
      '',
      'def handler(event, context):',
      `    logger.info("%s called", "${name}")`,
      '    return {"statusCode": 200, "body": json.dumps({"ok": True})}',
    ),
  };
}

function java(name: string, description: string): Files {
  return {
    'build.gradle': lines(
      'plugins {',
      "  id 'java'",
      '}',
      '',
      'dependencies {',
      "  implementation 'com.amazonaws:aws-lambda-java-core:1.2.3'",
      '}',
    ),
    'src/main/java/shop/larkspur/Handler.java': lines(
      'package shop.larkspur;',
      '',
      'import com.amazonaws.services.lambda.runtime.Context;',
      'import com.amazonaws.services.lambda.runtime.RequestHandler;',
      'import java.util.Map;',
      '',
      `/** ${description}. */`,
      'public class Handler implements RequestHandler<Map<String, Object>, Map<String, Object>> {',
      '  @Override',
      '  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {',
      `    context.getLogger().log("${pascalCase(name)} called");`,
      '    return Map.of("statusCode", 200);',
      '  }',
      '}',
    ),
  };
}

function website(name: string, description: string): Files {
  return {
    'package.json': `${JSON.stringify(
      {
        name: `@larkspur/${name}`,
        version: '1.0.0',
        private: true,
        description,
        scripts: { build: 'vite build' },
        devDependencies: { vite: '6.2.5' },
      },
      undefined,
      2,
    )}\n`,
    'index.html': lines(
      '<!doctype html>',
      '<html lang="en">',
      '  <head>',
      '    <title>Larkspur Outfitters</title>',
      '    <script type="module" src="/src/main.ts"></script>',
      '  </head>',
      '  <body><main id="shop"></main></body>',
      '</html>',
    ),
    'src/main.ts': lines(
      "document.querySelector('#shop')?.append('Larkspur Outfitters');",
    ),
  };
}
