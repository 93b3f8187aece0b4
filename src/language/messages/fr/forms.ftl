# What the forms for reports and sheets say in the browser; the page hands this file over to its script.

queue-empty = Rien n’attend.
queue-count = { $value } en attente d’envoi.
queue-sent-count = { $value ->
    [one] { $value } envoyé.
   *[other] { $value } envoyés.
}
queue-sending = { $seconds ->
    [one] Envoi… il en reste { $value }. Le suivant part d’ici { $seconds } seconde.
   *[other] Envoi… il en reste { $value }. Le suivant part d’ici { $seconds } secondes.
}
queue-done = Tout est envoyé.
queue-offline = Il n’y a pas de réseau. Ce qui attend reste ici ; appuyez plus tard sur « Envoyer maintenant ».
queue-failed = { $value } n’ont pas pu être envoyés ; la raison est à côté de chacun.
queue-wait = Le recensement demande d’attendre. Appuyez plus tard sur « Envoyer maintenant ».
queue-wiped = Effacé : il ne reste rien sur cet appareil.
queue-no-token = Il ne reste aucun jeton pour cette campagne. Demandez une nouvelle invitation à sa coordination.
queue-refused = Refusé par le recensement ({ $reason }).
queue-invite-taken = Votre invitation est maintenant sur cet appareil, et plus dans l’adresse.
queue-invite-failed = L’invitation n’a pas pu être utilisée. Elle est peut-être épuisée, retirée ou incomplète ; demandez-en une autre.
queue-tokens = Jetons restants : { $value } pour des signalements, { $number } pour des marques.
queue-no-storage = Ce navigateur ne garde rien pour cette page, peut-être à cause d’une fenêtre privée. Les signalements seraient perdus à sa fermeture.
queue-receipt = Reçu
form-map-label = Carte pour placer la caméra : touchez, ou faites glisser le repère. Au clavier, saisissez les coordonnées ci-dessous.
form-placed = Le repère est là où vous l’avez mis.
form-not-placed = Touchez la carte, saisissez des coordonnées, ou appuyez sur « Ma position ».
form-finding = On demande à cet appareil où il est…
form-found = { $metres ->
    [one] Trouvé, à environ { $metres } mètre près. Faites glisser le repère jusqu’à la caméra elle-même.
   *[other] Trouvé, à environ { $metres } mètres près. Faites glisser le repère jusqu’à la caméra elle-même.
}
form-not-found = Cet appareil n’a pas dit où il est. Touchez la carte ou saisissez des coordonnées.
form-known = { $cameras ->
    [one] La dernière édition compte { $cameras } caméra dans ce pâté de maisons. Signalez tout de même ce que vous voyez : un second signalement le confirme.
   *[other] La dernière édition compte { $cameras } caméras dans ce pâté de maisons. Signalez tout de même ce que vous voyez : un second signalement le confirme.
}
form-known-none = La dernière édition ne compte aucune caméra dans ce pâté de maisons.
form-kept = Gardé sur cet appareil. Rien n’a été envoyé.
form-kept-again = Gardé. La suivante est au même endroit : changez ce qui diffère.
form-facing-value = Regarde vers { $degrees }°
form-facing-none = Inconnu
form-file-good = { $number ->
    [one] { $number } signalement peut être envoyé.
   *[other] { $number } signalements peuvent être envoyés.
}
form-file-bad = L’élément { $number } n’a pas de point utilisable.
form-file-broken = Ce n’est pas un GeoJSON lisible.
form-file-done = Acceptés : { $value }. Refusés : { $number }.
sheets-sheet = Feuille { $number }
sheets-units = Feuille { $sheet } : { $value } à parcourir
sheets-none = Cette vague n’a pas encore de rues à parcourir. La coordination les importe.
sheets-failed = Les feuilles n’ont pas pu être chargées. Une fois chargées, elles restent sur cet appareil.
sheets-metres = { $metres } m
sheets-cell = cellule
sheets-number = N°
sheets-zero = Parcourue en entier, aucune vue
sheets-complete = Parcourue en entier, avec signalements
sheets-partial = Parcourue en partie
sheets-not-visible = Ne pouvait pas être vue
sheets-kept = Gardé sur cet appareil. Rien n’a été envoyé.
sheets-drawing = Dessin des rues de la feuille { $number }, nord en haut
sheets-pass-missing = Choisissez d’abord votre équipe.
