# What the map says in the browser; the page hands this file over to its script.

script-map-label = Carte du nombre de caméras. Les flèches la déplacent, plus et moins changent l’échelle, Entrée montre la cellule du milieu.
script-column-cell = Cellule
script-column-cameras = Caméras
script-column-km2 = Par km²
script-column-heads = Têtes
script-column-home = Caméras de domicile, environ
script-in-view = À l’écran : { $cells ->
        [one] { $cells } cellule
       *[other] { $cells } cellules
    } avec { $cameras ->
        [one] { $cameras } caméra
       *[other] { $cameras } caméras
    } au moins. Cellules de résolution { $resolution }, d’environ { $km2 } km² chacune.
script-in-view-none = Avec ce choix, aucune caméra n’a été signalée dans cette vue.
script-in-view-limit = Les { $limit } cellules qui comptent le plus de caméras sont listées.
script-filter-all = Toutes les caméras
script-filter-kinds = Seulement ces types : { $names }
script-filter-operators = Seulement ces exploitants : { $names }
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
script-home-closed = non publié dans des cellules si petites
script-surveyed = Parcouru
script-surveyed-value = { $share } de la cellule
script-surveyed-unknown = inconnu
script-failed = La carte interactive n’a pas démarré dans ce navigateur. L’image et les tableaux donnent les mêmes nombres.
script-cooperative-touch = Utilisez deux doigts pour déplacer la carte
map-nobody = inconnu : personne n’a regardé, ce n’est pas zéro
map-few-for-rate = trop peu de caméras pour un taux
map-smoothed = Par km², comme la carte le dessine
