/** Sentences on failed attempts, as channels write them, and their French; `$1` is what the parentheses hold. */
const sentences: readonly (readonly [english: RegExp, french: string])[] = [
  [
    /^The receiver answered 410: it wants no more deliveries\.$/,
    'Le destinataire a répondu 410 : il ne veut plus d’envois.',
  ],
  [
    /^The receiver answered (\d+); redirects are not followed\.$/,
    'Le destinataire a répondu $1 ; les redirections ne sont pas suivies.',
  ],
  [/^The receiver answered (\d+)\.$/, 'Le destinataire a répondu $1.'],
  [/^The receiver did not answer in time\.$/, 'Le destinataire n’a pas répondu à temps.'],
  [/^The receiver’s answer was too long\.$/, 'La réponse du destinataire était trop longue.'],
  [/^The receiver takes no connections\.$/, 'Le destinataire n’accepte pas de connexion.'],
  [
    /^The receiver’s certificate was not accepted \((\w+)\)\.$/,
    'Le certificat du destinataire n’a pas été accepté ($1).',
  ],
  [/^The connection failed\.$/, 'La connexion a échoué.'],
  [/^The connection failed \((\w+)\)\.$/, 'La connexion a échoué ($1).'],
  [
    /^The delivery could not be prepared; the log of the notifier says why\.$/,
    'L’envoi n’a pas pu être préparé ; le journal du notificateur dit pourquoi.',
  ],
  [
    /^The message could not be prepared; the log of the notifier says why\.$/,
    'Le message n’a pas pu être préparé ; le journal du notificateur dit pourquoi.',
  ],
  [
    /^This process has no SMTP_URL, so it sends no mail\.$/,
    'Ce processus n’a pas de SMTP_URL : il n’envoie pas de courriel.',
  ],
  [
    /^The mail server refused the message for good \((\d+)\)\.$/,
    'Le serveur de messagerie a refusé le message définitivement ($1).',
  ],
  [/^The mail server could not be reached\.$/, 'Le serveur de messagerie n’a pas pu être joint.'],
  [
    /^The mail server did not take the message \((\d+)\)\.$/,
    'Le serveur de messagerie n’a pas pris le message ($1).',
  ],
  [
    /^The name of the webhook’s host could not be resolved\.$/,
    'Le nom d’hôte du webhook n’a pas pu être résolu.',
  ],
  [
    /^The webhook’s host is not on the public internet: private, local and reserved addresses are not called\.$/,
    'L’hôte du webhook n’est pas sur l’internet public : les adresses privées, locales et réservées ne sont pas appelées.',
  ],
  [
    /^The address of a webhook must begin with https:\/\/\.$/,
    'L’adresse d’un webhook doit commencer par https://.',
  ],
  [
    /^A webhook may use the ports (\d+) and (\d+) only\.$/,
    'Un webhook ne peut utiliser que les ports $1 et $2.',
  ],
  [
    /^Its host was asked (\d+) times in an hour, and is left alone for a while\.$/,
    'Son hôte a été interrogé $1 fois en une heure ; il est laissé tranquille pour un temps.',
  ],
];

/** A sentence on a failed attempt in French; null where it has none, and the English one is to be shown as such. */
export function failureInFrench(sentence: string): string | null {
  const found = sentences.find(([english]) => english.test(sentence));
  return found === undefined ? null : sentence.replace(...found);
}
