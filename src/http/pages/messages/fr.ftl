# Les mots des pages. Chaque clé existe dans chaque langue ; un test les compare.

site-name = recensement des caméras
skip = Aller au contenu
nav-label = Pages
nav-map = Carte
nav-data = Données
nav-method = Méthode
nav-privacy = Vie privée
nav-releases = Toutes les éditions
languages = Langues
yes = oui
no = non

footer-release = Édition
footer-licence = Licence des données propres à ce recensement : { $value }.
footer-check = À vérifier :
footer-first-party = Cette page ne demande rien à personne d’autre qu’à ce serveur et ne dépose aucun cookie.
footer-licences = Licences des logiciels de cette page

map-title = Carte
map-region = Carte du nombre de caméras
map-noscript = Sans scripts, vous voyez l’image ci-dessus et les tableaux ci-dessous : les mêmes nombres, sans les filtres.
map-no-script = Ce programme a été compilé sans la carte interactive. L’image et les tableaux donnent les mêmes nombres.
zoom-in = Agrandir
zoom-out = Réduire
zoom-all = Tout afficher
details-title = Cellule

empty-title = Pas encore d’édition
empty-text = La carte montre des éditions : des comptages datés qui ne changent plus. Aucune n’a encore été produite ici. Pour la première, lancez sur le serveur :
empty-step-import = Importez les signalements que vous avez déjà, ou laissez les bénévoles envoyer les leurs.
empty-step-review = Regardez ce qui attend une relecture ; rien n’est publié sans elle.
empty-step-build = Produisez l’édition.
empty-then = Cette page la montre ensuite, sans redémarrage.

headline-cameras = { $value ->
    [one] caméra comptée (au moins)
   *[other] caméras comptées (au moins)
}
headline-heads = { $value ->
    [one] { $value } objectif,
   *[other] { $value } objectifs,
}
headline-sightings = { $value ->
    [one] d’après { $value } observation.
   *[other] d’après { $value } observations.
}
headline-home = S’y ajoutent environ { $value } caméras de domicile.
headline-as-of = Jusqu’à la semaine { $value }.
headline-method = Notre façon de compter

svg-title = Carte du nombre de caméras
svg-description = Chaque hexagone est une cellule où des caméras ont été signalées ; le tableau des cellules donne les nombres.
svg-north = N

filter-legend = Quelles caméras
filter-all = Toutes les caméras
filter-kind = Par type
filter-operator = Par exploitant
filter-hint = Les nombres sont publiés par type et par exploitant, mais pas croisés : les deux choix ne peuvent donc pas se combiner. Votre choix reste dans ce navigateur.
measure-legend = Afficher
measure-count = Nombre
measure-km2 = Par km²

legend-title = Légende
legend-count = Caméras par cellule
legend-km2 = Caméras par km² (borne supérieure exclue)
legend-nothing = Aucune caméra signalée
legend-nothing-text = Rien n’est dessiné. Cela ne veut pas dire qu’il n’y en a pas.
legend-homes = Caméras de domicile seulement
legend-homes-text = Signalées aux portes des logements ; leur nombre est arrondi (« environ ») et non communiqué dans les petites cellules.
legend-unsurveyed = Non parcouru
legend-unsurveyed-text = Là où le recensement sait quelles rues ont été parcourues, les autres seront hachurées. Cette édition ne le sait pas.

cells-title = Les nombres, cellule par cellule
cells-all = { $value ->
    [one] { $value } cellule avec des caméras.
   *[other] { $value } cellules avec des caméras.
}
cells-resolution = Cellules H3 de résolution { $value }.
cells-largest = Les { $value } cellules qui comptent le plus de caméras sont listées ; la page des données les contient toutes.
kinds-title = Par type
kinds-column = Type
operators-title = Par exploitant
operators-column = Exploitant

lists-title = Registres de tiers
lists-text = Des listes tenues par une ville ou par un tiers. Chacune est comptée à part et jamais ajoutée à ce qui a été vu dans la rue.
lists-column = Registre
lists-licence = Licence
list-shown = Ceci est le registre d’un tiers, et non ce qui a été compté dans la rue : { $value }.
list-back = Revenir au comptage de la rue

kind-unknown = Inconnu
kind-fixed = Fixe
kind-dome = Dôme
kind-panning = Orientable
kind-plate_reader = Lecteur de plaques
kind-doorbell = Sonnette
kind-other = Autre
operator-unknown = Inconnu
operator-police = Police
operator-government = Administration
operator-transit = Transports publics
operator-traffic = Circulation routière
operator-business = Entreprise
operator-education = Écoles et universités
operator-household = Domicile
operator-other = Autre

script-map-label = Carte du nombre de caméras. Les flèches la déplacent, plus et moins changent l’échelle, Entrée montre la cellule du milieu.
script-column-cell = Cellule
script-column-cameras = Caméras
script-column-km2 = Par km²
script-column-heads = Objectifs
script-column-home = Caméras de domicile, environ
script-in-view = À l’écran : { $cells } cellules avec { $cameras } caméras au moins. Cellules de résolution { $resolution }, d’environ { $km2 } km² chacune.
script-in-view-none = Avec ce choix, aucune caméra n’a été signalée dans cette vue.
script-in-view-limit = Les { $limit } cellules qui comptent le plus de caméras sont listées.
script-filter-all = Toutes les caméras
script-filter-kinds = Seulement ces types : { $names }
script-filter-operators = Seulement ces exploitants : { $names }
script-filter-nothing = Rien n’est choisi, donc rien n’est compté.
script-go-to = Montrer la cellule { $cell } sur la carte
script-details = Cellule { $cell }
script-details-none = Il n’y a pas de cellule avec des caméras ici.
script-area = Surface
script-area-value = { $km2 } km²
script-kinds = Par type
script-operators = Par exploitant
script-home = Caméras de domicile
script-home-value = environ { $home }
script-home-closed = non communiqué dans des cellules si petites
script-surveyed = Parcouru
script-surveyed-value = { $share } de la cellule
script-surveyed-unknown = inconnu
details-close = Fermer
script-failed = La carte interactive n’a pas démarré dans ce navigateur. L’image et les tableaux donnent les mêmes nombres.
script-cooperative-touch = Utilisez deux doigts pour déplacer la carte

data-title = Données
data-none = Il n’y a pas encore d’édition. La page d’accueil explique comment produire la première.
data-text = Une édition publiée ne change plus jamais. Son adresse reste : un nombre cité aujourd’hui pourra être vérifié dans dix ans.
data-cite = Comment citer
data-sources = Les listes d’autrui gardent leur licence, indiquée à côté de chacune.
data-check = Comment vérifier
data-check-text = Le manifeste nomme chaque fichier avec sa taille et son SHA-256. Avec le programme, une commande les compare tous :
data-manifest = SHA-256 du manifeste :
data-files = Fichiers de cette édition
data-column-file = Fichier
data-column-about = Contenu
data-column-bytes = Octets
file-summary = Les totaux de l’édition
file-density = Tuiles vectorielles de la carte, toutes les échelles dans une archive PMTiles
file-effort = Quelles rues ont été parcourues, et dans quelle mesure
file-figures = Nombres publiés par d’autres, avec leur définition et leur source
file-deployments = Caméras par exploitant et par type
file-makers = Caméras par fabricant
file-sources = D’où viennent les signalements, avec leurs licences
file-changes = Ce qui a changé depuis l’édition précédente
file-policy = Les règles de confidentialité de cette édition
file-manifest = Noms, tailles et SHA-256 de tous les fichiers
file-source = Une liste d’autrui, sous sa propre licence
file-cells = Nombres pour chaque cellule H3
file-areas = Nombres pour chaque zone nommée
file-other = Un fichier de cette édition

releases-title = Éditions
releases-text = Chaque édition reste à son adresse et ne change jamais.
releases-as-of = Jusqu’à la semaine
releases-files = Fichiers de { $value }

error-not-found = Cette page n’existe pas
error-not-found-text = L’adresse est peut-être mal écrite, ou elle appartient à une édition que ce serveur n’a pas.
error-gone = Ceci a été retiré
error-gone-text = L’édition de cette adresse a été retirée. La liste des éditions nomme celles qui restent.
error-busy = Le serveur est occupé
error-busy-text = Rien n’est perdu. Réessayez dans une minute.
error-request = Le serveur n’a pas pu lire cette demande
error-request-text = Vérifiez l’adresse. Un programme devrait utiliser l’API, dont les réponses disent exactement ce qui n’allait pas.
error-server = Une erreur s’est produite sur le serveur
error-server-text = Vous n’y êtes pour rien. La personne qui tient ce serveur peut en trouver la cause dans son journal, qui ne contient rien sur vous.
error-home = Aller à la carte

privacy-title = Vie privée
privacy-lead = Ce sont des promesses à celles et ceux qui comptent, aux foyers, et à vous qui lisez ceci. Derrière chacune de celles en vigueur, un test échoue si la promesse est rompue.
privacy-later = pas encore en vigueur
promise-1 = Des lieux approchés
promise-1-text = Le point exact d’un signalement n’est jamais écrit. Une caméra de l’espace public est gardée comme un hexagone d’environ 44 mètres carrés, une caméra de domicile comme un hexagone d’environ 0,7 kilomètre carré.
promise-2 = Une seule hiérarchie
promise-2-text = Chaque grande cellule est la somme de ses petites cellules. Aucun second comptage ne permet de remonter à un lieu plus fin.
promise-3 = Aucune trace de vous sur le réseau
promise-3-text = Votre adresse, votre navigateur, votre provenance et votre langue ne sont ni gardés ni journalisés. Les pages publiques ne déposent aucun cookie et sont les mêmes pour tout le monde.
promise-4 = Des semaines, pas des instants
promise-4-text = Nous gardons la semaine d’une observation, jamais le jour ni l’heure, et n’écrivons aucune ligne de journal par signalement.
promise-5 = Aucun ordre
promise-5-text = Une fois par jour, et après chaque édition, la base de données est réécrite pour que rien ne dise dans quel ordre les signalements sont arrivés.
promise-6 = La liste de tout ce que nous gardons
promise-6-text = Chaque colonne de la base de données figure ci-dessous avec son but. Une colonne hors de la liste ne peut pas exister : un test échouerait.
promise-7 = Stricts à l’entrée
promise-7-text = Seules les propriétés nécessaires sont lues, et seulement avec des valeurs connues. Ce qui ne convient pas est refusé avec une raison, et rien n’en est gardé.
promise-8 = Ni image ni texte libre
promise-8-text = Il n’y a pas de champ pour une image, un lien ou une remarque, car c’est ce qui trahit les gens. Les messages d’erreur ne répètent jamais ce que vous avez envoyé.
promise-9 = Des jetons impossibles à relier
promise-9-text = Une invitation vous donnera une pile de jetons à usage unique. Le serveur pourra vérifier qu’un jeton est vrai, sans savoir de quelle invitation il vient.
promise-10 = La même clé pour tout le monde
promise-10-text = Les clés des jetons figureront dans chaque édition, pour que chacun puisse voir que personne n’a reçu une clé à part.
promise-11 = Des nombres de domicile arrondis
promise-11-text = Le nombre de caméras de domicile d’une cellule est arrondi une fois, à un multiple de cinq, et tout autre nombre de domicile est une somme de ceux-ci. Nous disons « environ ». Si une zone est trop petite, elle indique « non disponible ».
promise-12 = Des éditions par lots
promise-12-text = Une région n’apparaîtra ou ne changera que lorsqu’au moins vingt changements y seront réunis (cinq dans les petits groupes), pour que deux éditions ne montrent pas la promenade d’une personne.
promise-13 = Personne d’autre n’est sollicité
promise-13-text = Chaque page, script, image et tuile de carte vient de ce serveur. Le serveur lui-même n’appelle personne.
promise-14 = Vos filtres restent chez vous
promise-14-text = Ce que vous cherchez, choisissez et regardez est calculé dans votre navigateur. Une petite carte est chargée en entier : même la partie que vous regardez reste invisible.
promise-15 = Effacement
promise-15-text = Qui a envoyé un signalement pourra le retirer jusqu’à sa relecture, et un foyer pourra demander qu’un nombre soit abaissé. La base est nettoyée aussitôt, les sauvegardes sous 30 jours.
promise-16 = Ce qu’apprendrait un voleur
promise-16-text = Une commande affichera ce que trouverait celui qui emporte le serveur. La réponse sera publiée avec chaque version du programme.
privacy-limits = Ce que nous ne pouvons pas promettre
privacy-limit-order = Entre deux réécritures, séparées d’un jour au plus, le voleur du serveur pourrait voir dans quel ordre les signalements sont arrivés.
privacy-limit-phone = Si quelqu’un ouvre votre téléphone déverrouillé, il voit ce que vous voyez.
privacy-limit-network = Votre fournisseur voit que vous visitez cette adresse. Qui surveille tout le réseau Tor en voit peut-être plus.
privacy-limit-operator = La personne qui tient ce serveur pourrait changer le programme pour journaliser désormais. Vous pouvez le comparer au code publié, mais pas regarder dans la machine.
privacy-limit-tiles = Quand la carte est trop grande pour être chargée en entier, les adresses des tuiles demandées disent quelle partie vous regardez. Elles ne sont pas journalisées.
hand-over-title = Ce que nous pouvons remettre
hand-over-text = Si un tribunal nous ordonne de remettre la base de données, voici tout ce qu’elle contient : chaque table, chaque colonne. Ce qui est marqué public figure tel quel dans les éditions ; des observations, seuls des décomptes.
hand-over-table = Table
hand-over-column = Colonne
hand-over-purpose = À quoi elle sert
hand-over-public = Public

method-title = Notre façon de compter
method-lead = Le recensement compte ce que des gens à pied ont pu voir et ont signalé. Ses nombres sont des minimums datés.
method-counted = Ce qui est compté
method-counted-text = Les caméras de surveillance visibles depuis l’espace public : sur des murs, poteaux, lampadaires, feux et plafonds. Les caméras intérieures, portées ou embarquées, les gardiens et les détecteurs de coups de feu ne sont pas comptés.
method-cameras = Des signalements aux caméras
method-cameras-text = Une observation est le signalement d’un ou plusieurs objectifs en un point. Les signalements d’une même caméra par plusieurs personnes sont réunis selon le lieu et le type. Si une personne signale deux caméras côte à côte, elles restent deux. Une caméra est donc déduite, jamais saisie.
method-at-least = Ce que veut dire « au moins »
method-at-least-text = Personne ne voit toutes les caméras. Le nombre compté est celui que quelqu’un a signalé et qu’une relecture a accepté ; le vrai est plus grand, d’une quantité que cette édition n’estime pas.
method-homes = Caméras de domicile
method-homes-text = Les sonnettes et les caméras des foyers sont comptées à part, seulement dans les cellules de résolution 8 et plus grandes, et arrondies à un multiple de cinq. Tous les autres nombres de ces pages concernent l’espace public.
method-cells = Cellules
method-cells-text = Les lieux sont des cellules H3 : des hexagones de taille presque égale, chacun en contenant sept plus petits. La carte choisit la taille selon l’échelle. La surface varie avec la latitude ; les densités utilisent la surface réelle de chaque cellule.
method-resolution = Résolution
method-area = km² en moyenne
method-zoom = Échelle
method-classes = Classes
method-classes-text = Les couleurs sont des classes fixes, les mêmes dans chaque édition : par cellule 1, 2–4, 5–9, 10–19, 20–49, 50–99, 100 et plus ; par kilomètre carré jusqu’à 1, 5, 20, 50, 100, 500 et au-delà. Deux cartes peuvent ainsi être comparées.
method-filters = Types et exploitants
method-filters-text = Chaque caméra a un type et un exploitant ; quand les signalements ne le disent pas, il est inconnu. Nous publions les deux listes, pas leur croisement : de petits croisements trahiraient des signalements isolés.
method-limits = Limites
method-limit-effort = Plus de caméras peut vouloir dire plus de bénévoles. Ne comparez que des lieux tous deux parcourus.
method-limit-time = Une caméra enlevée reste comptée : rien ne la retire encore.
method-limit-view = Une caméra derrière un mur, sous un toit ou dans un lampadaire échappe facilement.
method-limit-merge = La réunion suit une règle, qui se trompe dans les deux sens : deux caméras du même type à quelques mètres peuvent devenir une, une caméra signalée en des points éloignés peut devenir deux.
method-limit-lists = Les registres d’autrui ne sont jamais ajoutés ; ils figurent à part, sous leur licence.
