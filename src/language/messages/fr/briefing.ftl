# Mots des notes.

# Paper
paper-page-of = Page { $page } sur { $pages }
# The content of a briefing
briefing-link = Note : deux pages à imprimer
briefing-back = Retour à la zone
briefing-pdf = PDF, { $value }
briefing-title = Caméras de surveillance : { $area }
briefing-week = semaine { $week } de { $year }
briefing-unknown = inconnu
briefing-more = et { $value } de plus
briefing-short-interval = de { $low } à { $high } (95 %)
briefing-open-interval = { $low } ou plus (95 %)
briefing-wide-value = { $low } à { $high }
briefing-wide-interval = 95 % ; trop large pour donner un seul nombre
briefing-rate-interval = de { $low } à { $high } (95 %), pour comparer des zones

briefing-found = Caméras recensées
briefing-found-interval = comptées : il y en a au moins autant
briefing-found-of = { $area }
briefing-found-of-ground = { $area }, { $km2 } km²
briefing-found-means = visibles depuis l’espace public ; têtes de caméra : { $heads }
briefing-nobody-interval = personne n’a regardé : inconnu, et non zéro
briefing-estimate = Comptées et manquées, estimées
briefing-estimate-bound = Comptées et manquées, au moins environ
briefing-estimate-none = pas d’estimation
briefing-estimate-no-interval = sans estimation, pas d’intervalle
briefing-estimate-of-nothing = aucune rue parcourue par plusieurs équipes
briefing-per-10000 = Pour 10 000 habitants
briefing-rate-means = caméras recensées, et non estimées
briefing-rate-few-interval = non publié : moins de dix caméras, ou un intervalle trop large
briefing-rate-none-interval = pas de taux sans les deux nombres
briefing-residents-none = le nombre d’habitants n’est pas indiqué
briefing-residents-old =  ; { $years } ans avant ce comptage
briefing-surveyed = Rues listées parcourues
briefing-surveyed-interval = part mesurée, donc sans intervalle
briefing-surveyed-of = de toutes les rues ou cellules prévues
briefing-surveyed-of-units = des { $units } rues ou cellules prévues ({ $extent })
briefing-surveyed-means = parcourues entièrement par au moins une équipe
briefing-surveyed-none = pas de liste de rues à parcourir
briefing-home-interval = chaque cellule de 0,7 km² arrondie à un multiple de cinq, puis additionnées
briefing-home-withheld = non publié : la zone est trop petite
briefing-home-nobody = aucune signalée, et personne n’a regardé à notre connaissance : ce n’est pas zéro
briefing-home-of = { $area }, et dans aucun autre nombre ici
briefing-home-means = sonnettes et caméras des foyers

briefing-map = Où elles sont
briefing-map-text = Cellules avec des caméras : { $some }, la plus fournie en a { $most }. Cellules où quelqu’un a regardé sans en trouver : { $none }. Le terrain hachuré n’a pas été parcouru : ce qui s’y trouve est inconnu.

briefing-effort-caption = Ce qui a été parcouru, par vague : { $area }
briefing-effort-means = parcouru d’un bout à l’autre
briefing-teams = Équipes
briefing-named = Prévu
briefing-walked = Parcouru par une équipe
briefing-walked-all = Parcouru par toutes les équipes
briefing-none-found = Parcouru, aucune trouvée
briefing-km = { $value } km
briefing-km-share = { $value } km ({ $share } %)
briefing-square-km = { $value } km²
briefing-square-km-share = { $value } km² ({ $share } %)
briefing-zero = Zéro : dans { $none } des { $walked } rues ou cellules parcourues, aucune équipe n’a signalé de caméra.
briefing-not-surveyed = Non parcouru : { $missing } rues ou cellules sur { $all }. Ce qui s’y trouve est inconnu, et non zéro.
briefing-not-surveyed-open = Les équipes ont nommé { $all } rues ou cellules. Quelle part de toutes les rues cela fait, personne ne le sait.
briefing-along = Caméras recensées le long des rues parcourues ({ $extent }) : { $cameras } ; par km { $rate }, { $interval }.
briefing-along-few = Caméras recensées le long des rues parcourues ({ $extent }) : { $cameras }, trop peu pour un taux par km.
briefing-along-cells = Caméras recensées dans les cellules parcourues ({ $extent }) : { $cameras }.
briefing-withheld = Non publié : { $value }.
briefing-withheld-nothing = Non publié : rien dans cette note.
briefing-withheld-rates = taux fondés sur peu de caméras
briefing-withheld-homes = caméras de domicile dans une petite zone
briefing-observers = Une équipe peut être une ou plusieurs personnes : personne ne note qui a marché.

briefing-shares-means = caméras recensées

briefing-changes = Depuis l’édition précédente
briefing-changes-none = Il n’y a pas d’édition précédente : rien ne peut être dit d’un changement.
briefing-changes-caption = Caméras de l’édition { $before } à { $after } : { $area }
briefing-changes-means = changements nets de petites cellules, comme dans changes.csv
briefing-changes-what = Ce qui s’est passé
briefing-changes-how = Ce que cela signifie
briefing-before = Avant
briefing-before-means = comptées dans l’édition précédente
briefing-new = Nouvelles
briefing-new-means = là où tout avait été parcouru : posées depuis, ou manquées alors
briefing-new-unknown = inconnu : aucune liste de rues ne dit ce qui avait été parcouru
briefing-newly-found = Nouvellement trouvées
briefing-newly-found-means = elles étaient peut-être déjà là
briefing-gone = Disparues
briefing-gone-means = constatées disparues, ou plus signalées
briefing-split = Distinguées
briefing-split-means = une caméra s’est révélée être plusieurs
briefing-merged = Réunies
briefing-merged-means = plusieurs caméras se sont révélées n’en être qu’une
briefing-stale = Non confirmées
briefing-stale-means = personne ne les a confirmées depuis 24 mois
briefing-border = À la limite
briefing-border-means = dans des cellules qui traversent la limite de la zone
briefing-after = Maintenant
briefing-after-means = comptées dans cette édition
briefing-trend = Une tendance demande le même effort dans les deux éditions : les mêmes rues et autant d’équipes. Plus d’équipes en trouvent plus.
briefing-trend-walked = Parcouru entièrement pour la première fois depuis : { $extent }.

briefing-nearby = À côté des zones voisines
briefing-nearby-caption = { $set } : les zones les plus proches, par ordre alphabétique ; ce n’est pas un classement
briefing-nearby-compared = Comparée à { $area }
briefing-nearby-here = cette zone
briefing-nearby-alike = ne s’en distingue pas
briefing-nearby-apart = diffère plus que le hasard ne l’explique
briefing-nearby-uneven = taux différents ; effort inégal ou inconnu
briefing-nearby-few = trop peu pour comparer
briefing-nearby-text = Les taux recensés sont comparés deux à deux, à 95 % pour toutes les paires à la fois, là où les deux zones ont été parcourues à neuf dixièmes au moins. Cela ne parle que du hasard, non du nombre de caméras manquées ; plus de caméras peut vouloir dire plus de bénévoles.

briefing-figures-caption = Chiffres publiés, à côté des caméras recensées ({ $area }) : { $cameras }
briefing-figures-means = comptent-ils la même chose ?
briefing-figures-linked = Reliées ici, à notre connaissance : { $value }.
briefing-figures-more = Autres chiffres publiés, sur la page des comparaisons : { $value }.
briefing-figures-none = Aucun chiffre publié connu ici ne parle de cette zone. Sur d’autres lieux, à la page des comparaisons : { $value }.

briefing-method = Méthode et limites
briefing-counted = Comptées : les caméras sur murs, poteaux et bâtiments visibles depuis l’espace public, de tous les types du tableau, signalées jusqu’à la { $week } et acceptées après examen ou apportées par qui tient le recensement. Non comptées : caméras intérieures, cachées, de véhicules ou portées. Les caméras de domicile sont comptées à part.
briefing-dates = { $week } (sans celles vues pour la dernière fois plus de { $months } mois avant, sauf si un registre les mentionne)
briefing-sources = Les signalements de ce recensement viennent de : { $value }.
briefing-covers = L’intervalle de l’estimation couvre le hasard de ce que les équipes ont vu, dans les rues que toutes ont parcourues. Il ne couvre pas l’échantillonnage, les rues non parcourues, les équipes au courant les unes des autres, ni les signalements erronés. Les intervalles des taux ne couvrent que le hasard.
briefing-covers-none = Il n’y a pas d’estimation : rien ici ne dit combien de caméras ont été manquées. Les intervalles des taux ne couvrent que le hasard.
briefing-bias = Erreurs connues : des caméras plus difficiles à voir que d’autres rendent l’estimation trop basse ; des signalements d’une même caméra non réunis la rendent trop haute ; ceux de deux caméras réunis en une, trop basse.
briefing-working = Une caméra recensée n’est pas une caméra qui fonctionne. Qui l’exploite est tel qu’indiqué, souvent déduit de ce à quoi elle est fixée.
briefing-frame = Rien n’est extrapolé aux rues hors du relevé, et rien ici ne dit pourquoi les caméras sont là où elles sont.
briefing-small = Petits nombres : un taux est imprimé à partir de dix caméras, si son intervalle ne dépasse pas 1,6 fois le taux ; les parts, là où dix caméras ou plus ont été comptées en tout.

briefing-check = Vérifiez vous-même
briefing-check-files = Les nombres sont dans
briefing-check-method = Comment ils sont obtenus :
briefing-check-boundaries = Limites : { $set }, { $edition }.
briefing-check-release = Édition { $value }. SHA-256 de manifest.json :
briefing-check-licence = Licence : { $value }. À citer ainsi :
briefing-check-rebuild = Fait avec { $value }. Les mêmes signalements donnent les mêmes octets ; qui a les fichiers peut lancer

file-effort-areas = Ce qui a été parcouru dans chaque zone, par vague
