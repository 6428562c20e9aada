import { Card, CardBody, Container, Flex, Grid, Text } from '@backstage/ui';
import { PlumbLine } from '../PlumbLine';
import { people } from './people';
import styles from './PeopleCards.module.css';

/** The four people to sign in as. */
export function PeopleCards({
  onChoose,
}: {
  onChoose: (personId: string) => void;
}) {
  return (
    <main className={styles.page}>
      <Container py="6">
        <Flex align="center" gap="4" mb="6">
          <PlumbLine className={styles.mark} />
          <div>
            <Text as="h1" variant="title-medium" weight="bold">
              Plumbline demo portal
            </Text>
            <Text as="p" variant="body-large" color="secondary">
              Who would you like to be? Each person sees another part of the
              same company.
            </Text>
          </div>
        </Flex>
        <Grid.Root columns={{ initial: '1', sm: '2', lg: '4' }} gap="4">
          {people.map(({ id, role, description, Icon }) => (
            <Card
              key={id}
              onPress={() => onChoose(id)}
              label={`Sign in as ${role}`}
            >
              <CardBody>
                <Flex direction="column" gap="2" py="2">
                  <Icon size={28} className={styles.icon} aria-hidden="true" />
                  <Text as="h2" variant="title-x-small" weight="bold">
                    {role}
                  </Text>
                  <Text as="p" color="secondary">
                    {description}
                  </Text>
                </Flex>
              </CardBody>
            </Card>
          ))}
        </Grid.Root>
      </Container>
    </main>
  );
}
