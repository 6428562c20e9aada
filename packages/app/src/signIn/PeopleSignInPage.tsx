import { ProxiedSignInPage } from '@backstage/core-components';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Button, Container, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { PeopleCards } from './PeopleCards';
import { chosenPerson, forgetPerson, rememberPerson } from './chosenPerson';

/**
 * Four cards, one a person; the choice lasts for the browser tab, so a reload stays signed in
 * and two tabs can be two people.
 */
export function PeopleSignInPage({ onSignInSuccess }: SignInPageProps) {
  const [personId, setPersonId] = useState(chosenPerson);

  const choose = (id: string) => {
    rememberPerson(id);
    setPersonId(id);
  };
  const backToCards = () => {
    forgetPerson();
    setPersonId(undefined);
  };

  if (!personId) {
    return <PeopleCards onChoose={choose} />;
  }
  return (
    <ProxiedSignInPage
      provider="demo"
      headers={{ 'x-plumbline-demo-person': personId }}
      onSignInSuccess={identityApi =>
        onSignInSuccess(forgettingOnSignOut(identityApi))
      }
      ErrorComponent={({ error }) => (
        <SignInFailed error={error} onBack={backToCards} />
      )}
    />
  );
}

function SignInFailed(props: { error?: Error; onBack: () => void }) {
  // What went wrong in the back end is the cause of "Request failed with 403".
  const reason =
    props.error?.cause instanceof Error ? props.error.cause : props.error;
  return (
    <Container py="6">
      <Flex direction="column" gap="4" align="start" role="alert">
        <Text as="h1" variant="title-small" weight="bold">
          Sign-in failed
        </Text>
        <Text as="p">{reason?.message ?? 'The portal gave no reason.'}</Text>
        <Button variant="secondary" onPress={props.onBack}>
          Choose another person
        </Button>
      </Flex>
    </Container>
  );
}

function forgettingOnSignOut(identityApi: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identityApi.getProfileInfo(),
    getBackstageIdentity: () => identityApi.getBackstageIdentity(),
    getCredentials: () => identityApi.getCredentials(),
    signOut: async () => {
      forgetPerson();
      await identityApi.signOut();
    },
  };
}
