import { ErrorPanel, ProxiedSignInPage } from '@backstage/core-components';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Button, Container } from '@backstage/ui';
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
        <Container py="6">
          <ErrorPanel
            title="Sign-in failed"
            error={error ?? new Error('The portal gave no reason')}
          />
          <Button
            variant="secondary"
            onPress={backToCards}
            style={{ marginTop: 16 }}
          >
            Choose another person
          </Button>
        </Container>
      )}
    />
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
