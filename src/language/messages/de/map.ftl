# What the map says in the browser; the page hands this file over to its script.

script-map-label = Karte der Kamerazahlen. Pfeiltasten verschieben sie, Plus und Minus ändern die Vergrößerung, die Eingabetaste zeigt die Zelle in der Mitte.
script-column-cell = Zelle
script-column-cameras = Kameras
script-column-km2 = Je km²
script-column-heads = Köpfe
script-column-home = Private Hauskameras, etwa
script-in-view = Im Ausschnitt: { $cells ->
        [one] { $cells } Zelle
       *[other] { $cells } Zellen
    } mit mindestens { $cameras ->
        [one] { $cameras } Kamera
       *[other] { $cameras } Kameras
    }. Zellen der Auflösung { $resolution }, je etwa { $km2 } km².
script-in-view-none = In diesem Ausschnitt wurde bei dieser Auswahl keine Kamera gemeldet.
script-in-view-limit = Aufgeführt sind die { $limit } Zellen mit den meisten Kameras.
script-filter-all = Alle Kameras
script-filter-kinds = Nur diese Arten: { $names }
script-filter-operators = Nur diese Betreiber: { $names }
script-filter-nothing = Es ist nichts ausgewählt, also wird nichts gezählt.
script-go-to = Zelle { $cell } auf der Karte zeigen
script-details = Zelle { $cell }
script-details-none = Hier liegt keine Zelle mit Kameras.
script-area = Fläche
script-area-value = { $km2 } km²
script-kinds = Nach Art
script-operators = Nach Betreiber
script-home = Private Hauskameras
script-home-value = etwa { $home }
script-home-closed = in so kleinen Zellen zurückgehalten
script-surveyed = Begangen
script-surveyed-value = zu { $share }
script-surveyed-unknown = nicht bekannt
script-failed = Die interaktive Karte ließ sich in diesem Browser nicht starten. Das Bild und die Tabellen zeigen dieselben Zahlen.
script-cooperative-touch = Zum Verschieben der Karte zwei Finger benutzen
map-nobody = nicht bekannt: Niemand hat nachgesehen, und das ist nicht null
map-few-for-rate = zu wenige Kameras für eine Rate
map-smoothed = Je km², wie auf der Karte dargestellt
