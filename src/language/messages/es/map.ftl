# What the map says in the browser; the page hands this file over to its script.

script-map-label = Mapa del recuento de cámaras. Las flechas lo mueven, más y menos cambian la escala, Intro muestra la celda del centro.
script-column-cell = Celda
script-column-cameras = Cámaras
script-column-km2 = Por km²
script-column-heads = Cabezales
script-column-home = Cámaras domésticas (aprox.)
script-in-view = A la vista: { $cells ->
        [one] { $cells } celda
       *[other] { $cells } celdas
    } con { $cameras ->
        [one] { $cameras } cámara
       *[other] { $cameras } cámaras
    } como mínimo. Celdas de resolución { $resolution }, de unos { $km2 } km² cada una.
script-in-view-none = Con esta elección no se señaló ninguna cámara en esta vista.
script-in-view-limit = Se muestran las { $limit } celdas con más cámaras.
script-filter-all = Todas las cámaras
script-filter-kinds = Solo estos tipos: { $names }
script-filter-operators = Solo estos responsables: { $names }
script-filter-nothing = No hay nada elegido, así que no se cuenta nada.
script-go-to = Mostrar la celda { $cell } en el mapa
script-details = Celda { $cell }
script-details-none = Aquí no hay ninguna celda con cámaras.
script-area = Superficie
script-area-value = { $km2 } km²
script-kinds = Por tipo
script-operators = Por responsable
script-home = Cámaras domésticas
script-home-value = unas { $home }
script-home-closed = retenido en celdas tan pequeñas
script-surveyed = Recorrido
script-surveyed-value = { $share } de la celda
script-surveyed-unknown = no se sabe
script-failed = El mapa interactivo no arrancó en este navegador. La imagen y las tablas muestran los mismos números.
script-cooperative-touch = Use dos dedos para mover el mapa
map-nobody = no se sabe: nadie miró, y eso no es cero
map-few-for-rate = demasiado pocas cámaras para una tasa
map-smoothed = Por km², como lo dibuja el mapa
