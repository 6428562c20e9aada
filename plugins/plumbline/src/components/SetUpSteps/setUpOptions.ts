import type { Entity } from '@backstage/catalog-model';
import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';

/** One way to tell Plumbline what belongs to an entity. */
export interface SetUpOption {
  title: string;
  explanation: string;
  yaml: string;
}

const NEEDS_QUOTES = /^([\d.+-]+|true|false|null|yes|no|on|off|~)$/i;

/** What to add to the entity's own descriptor, the most certain way first. */
export function setUpOptions(entity: Entity): SetUpOption[] {
  const { name } = entity.metadata;
  switch (entity.kind.toLocaleLowerCase('en-US')) {
    case 'resource':
      return [
        {
          title: 'Name the AWS resource',
          explanation: 'Put the resource\u2019s own ARN in place of this one.',
          yaml: withAnnotation(
            entity,
            ANNOTATIONS.awsArn,
            `arn:aws:dynamodb:eu-west-1:111122223333:table/${name}`,
          ),
        },
        {
          title: 'Name a resource of another cloud',
          explanation: 'Put the resource\u2019s own id in place of this one.',
          yaml: withAnnotation(
            entity,
            ANNOTATIONS.resourceIds,
            `//storage.googleapis.com/projects/_/buckets/${name}`,
          ),
        },
      ];
    case 'component':
      return [
        {
          title: 'Name the tags that its cloud resources carry',
          explanation:
            'Resources that carry all of these tags belong to this component.',
          yaml: withAnnotation(
            entity,
            ANNOTATIONS.costInsightsTags,
            `service=${name}`,
          ),
        },
        {
          title: 'Name its Lambda functions',
          explanation: 'Separate several names by commas.',
          yaml: withAnnotation(entity, ANNOTATIONS.lambdaFunctionName, name),
        },
      ];
    default:
      return [];
  }
}

function withAnnotation(entity: Entity, key: string, value: string): string {
  const { name, namespace } = entity.metadata;
  return [
    `apiVersion: ${entity.apiVersion}`,
    `kind: ${entity.kind}`,
    'metadata:',
    `  name: ${scalar(name)}`,
    ...(namespace && namespace !== 'default'
      ? [`  namespace: ${scalar(namespace)}`]
      : []),
    '  annotations:',
    `    ${key}: ${scalar(value)}`,
  ].join('\n');
}

function scalar(text: string): string {
  return NEEDS_QUOTES.test(text) ? `'${text}'` : text;
}
