import {
  Button,
  Card,
  CardBody,
  CardFooter,
  Flex,
  Grid,
  Text,
} from '@backstage/ui';
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
      <div className={styles.content}>
        <Flex align="center" gap="4" mb="8">
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
            <Card key={id}>
              <CardBody>
                <Flex direction="column" gap="2">
                  <Icon size={28} className={styles.icon} aria-hidden="true" />
                  <Text as="h2" variant="title-x-small" weight="bold">
                    {role}
                  </Text>
                  <Text as="p" color="secondary">
                    {description}
                  </Text>
                </Flex>
              </CardBody>
              <CardFooter>
                <Button
                  variant="secondary"
                  aria-label={`Sign in as ${role}`}
                  onPress={() => onChoose(id)}
                >
                  Sign in
                </Button>
              </CardFooter>
            </Card>
          ))}
        </Grid.Root>
      </div>
    </main>
  );
}
