# Wörter der Kurzberichte. Jeder Schlüssel steht in jeder Sprache; ein Test vergleicht sie.

# Papier
paper-page-of = Seite { $page } von { $pages }
# Der Inhalt eines Kurzberichts
briefing-link = Kurzbericht: zwei Seiten zum Drucken
briefing-back = Zurück zum Gebiet
briefing-pdf = PDF, { $value }
briefing-title = Überwachungskameras in { $area }
briefing-week = Woche { $week } des Jahres { $year }
briefing-unknown = nicht bekannt
briefing-more = und { $value } weitere
briefing-short-interval = { $low } bis { $high } (95 %)
briefing-open-interval = { $low } oder mehr (95 %)
briefing-wide-value = { $low } bis { $high }
briefing-wide-interval = 95 %; zu weit für eine einzelne Zahl
briefing-rate-interval = { $low } bis { $high } (95 %), um Gebiete zu vergleichen

briefing-found = Erfasste Kameras
briefing-found-interval = gezählt, mindestens so viele
briefing-found-of = in { $area }
briefing-found-of-ground = in { $area }, { $km2 } km²
briefing-found-means = vom öffentlichen Raum aus zu sehen; Kameraköpfe: { $heads }
briefing-nobody-interval = niemand hat nachgesehen: unbekannt, nicht null
briefing-estimate = Gezählt und übersehen, geschätzt
briefing-estimate-bound = Gezählt und übersehen, mindestens etwa
briefing-estimate-none = keine Schätzung
briefing-estimate-no-interval = ohne Schätzung kein Intervall
briefing-estimate-of-nothing = keine Straßen, die mehrere Teams begangen haben
briefing-per-10000 = Je 10.000 Einwohner
briefing-rate-means = erfasste Kameras, nicht geschätzte
briefing-rate-few-interval = zurückgehalten: weniger als zehn Kameras oder ein zu breites Intervall
briefing-rate-none-interval = ohne beide Zahlen keine Rate
briefing-residents-none = Einwohnerzahl nicht angegeben
briefing-residents-old = ; { $years } Jahre älter als diese Zählung
briefing-surveyed = Verzeichnete Straßen begangen
briefing-surveyed-interval = gemessener Anteil, daher kein Intervall
briefing-surveyed-of = aller Straßen oder Zellen, die zu begehen waren
briefing-surveyed-of-units = der { $units } Straßen oder Zellen, die zu begehen waren ({ $extent })
briefing-surveyed-means = von mindestens einem Team vollständig begangen
briefing-surveyed-none = keine Liste zu begehender Straßen
briefing-home-interval = je Zelle von 0,7 km² auf ein Vielfaches von fünf gerundet, dann addiert
briefing-home-withheld = zurückgehalten: Das Gebiet ist zu klein
briefing-home-nobody = keine gemeldet, und es ist nicht bekannt, dass jemand nachgesehen hat: nicht null
briefing-home-of = in { $area }, in keiner anderen Zahl hier enthalten
briefing-home-means = Türklingeln und Kameras von Haushalten

briefing-map = Wo sie sind
briefing-map-text = Zellen mit Kameras: { $some }, höchstens { $most } in einer. Zellen, in denen jemand nachsah und keine fand: { $none }. Schraffierte Flächen wurden nicht begangen: Was dort ist, ist unbekannt.

briefing-effort-caption = Was in { $area } begangen wurde, je Begehung
briefing-effort-means = von Anfang bis Ende begangen
briefing-teams = Teams
briefing-named = Verzeichnet
briefing-walked = Von einem Team begangen
briefing-walked-all = Von allen Teams begangen
briefing-none-found = Begangen, keine gefunden
briefing-km = { $value } km
briefing-km-share = { $value } km ({ $share } %)
briefing-square-km = { $value } km²
briefing-square-km-share = { $value } km² ({ $share } %)
briefing-zero = Null: In { $none } von { $walked } begangenen Straßen oder Zellen meldete kein Team eine Kamera.
briefing-not-surveyed = Nicht begangen: { $missing } von { $all } Straßen oder Zellen. Was dort ist, ist unbekannt, nicht null.
briefing-not-surveyed-open = Die Teams haben { $all } Straßen oder Zellen genannt. Welcher Anteil aller Straßen das ist, weiß niemand.
briefing-along = Erfasste Kameras an den begangenen Straßen ({ $extent }): { $cameras }; je km { $rate }, Intervall { $interval }.
briefing-along-few = Erfasste Kameras an den begangenen Straßen ({ $extent }): { $cameras }, zu wenige für eine Rate je km.
briefing-along-cells = Erfasste Kameras in den begangenen Zellen ({ $extent }): { $cameras }.
briefing-withheld = Zurückgehalten: { $value }.
briefing-withheld-nothing = Zurückgehalten: hier nichts.
briefing-withheld-rates = Raten aus wenigen Kameras
briefing-withheld-homes = private Hauskameras in einem kleinen Gebiet
briefing-observers = Ein Team kann eine Person sein oder viele: Niemand hält fest, wer gegangen ist.

briefing-shares-means = erfasste Kameras

briefing-changes = Seit der vorigen Veröffentlichung
briefing-changes-none = Vor dieser gab es keine Veröffentlichung; über Veränderungen lässt sich nichts sagen.
briefing-changes-caption = Kameras in { $area } von Veröffentlichung { $before } bis { $after }
briefing-changes-means = Nettoveränderungen kleiner Zellen, wie in changes.csv
briefing-changes-what = Was geschah
briefing-changes-how = Was es bedeutet
briefing-before = Vorher
briefing-before-means = in der vorigen Veröffentlichung gezählt
briefing-new = Neu
briefing-new-means = wo zuvor alles begangen war: seither angebracht oder damals übersehen
briefing-new-unknown = nicht bekannt: kein Straßenverzeichnis sagt, was begangen war
briefing-newly-found = Neu gefunden
briefing-newly-found-means = könnten schon immer da gewesen sein
briefing-gone = Verschwunden
briefing-gone-means = nicht mehr vorgefunden oder nicht mehr gemeldet
briefing-split = Getrennt
briefing-split-means = eine Kamera erwies sich als mehrere
briefing-merged = Zusammengeführt
briefing-merged-means = mehrere Kameras erwiesen sich als eine
briefing-stale = Nicht bestätigt
briefing-stale-means = seit 24 Monaten von niemandem bestätigt
briefing-border = An der Grenze
briefing-border-means = in Zellen, die über die Gebietsgrenze reichen
briefing-after = Jetzt
briefing-after-means = in dieser Veröffentlichung gezählt
briefing-trend = Ein Trend setzt beide Male gleichen Aufwand voraus: dieselben Straßen und gleich viele Teams. Mehr Teams finden mehr.
briefing-trend-walked = Seither zum ersten Mal vollständig begangen: { $extent }.

briefing-nearby = Gegenüberstellung mit Gebieten in der Nähe
briefing-nearby-caption = { $set }: die nächstgelegenen Gebiete, nach Namen geordnet; das ist keine Rangfolge
briefing-nearby-compared = Verglichen mit { $area }
briefing-nearby-here = dieses Gebiet
briefing-nearby-alike = nicht unterscheidbar
briefing-nearby-apart = Unterschied größer als Zufall
briefing-nearby-uneven = Raten verschieden; Aufwand ungleich oder unbekannt
briefing-nearby-few = zu wenige für einen Vergleich
briefing-nearby-text = Erfasste Raten werden paarweise verglichen, bei 95 % für alle Paare zusammen, wo beide Gebiete zu mindestens neun Zehnteln begangen wurden. Das sagt nur etwas über den Zufall, nicht darüber, wie viele Kameras übersehen wurden; mehr Kameras können auch mehr Freiwillige bedeuten.

briefing-figures-caption = Veröffentlichte Zahlen neben den in { $area } erfassten Kameras: { $cameras }
briefing-figures-means = zählen sie dasselbe?
briefing-figures-linked = Hier bekanntermaßen angeschlossen: { $value }.
briefing-figures-more = Weitere veröffentlichte Zahlen auf der Seite „Vergleich“: { $value }.
briefing-figures-none = Keine hier bekannte veröffentlichte Zahl spricht von diesem Gebiet. Über andere Orte, auf der Seite „Vergleich“: { $value }.

briefing-method = Methode und Grenzen
briefing-counted = Gezählt: Kameras an Wänden, Masten und Gebäuden, die vom öffentlichen Raum aus zu sehen sind, aller Arten in der Tabelle, gemeldet bis { $week } und nach Prüfung angenommen oder von denen eingelesen, die die Zählung führen. Nicht gezählt: Kameras in Gebäuden, versteckte, in Fahrzeugen und am Körper. Private Hauskameras werden getrennt gezählt.
briefing-dates = { $week } (ohne solche, die zuletzt mehr als { $months } Monate davor gesehen wurden, es sei denn, ein Register führt sie)
briefing-sources = Die Meldungen dieser Zählung stammen aus: { $value }.
briefing-covers = Das Intervall der Schätzung deckt ab, welche Kameras die Teams zufällig sahen, auf den Straßen, die jedes Team beging. Nicht abgedeckt sind Stichprobenfehler, nicht begangene Straßen, Teams, die voneinander wussten, und falsche Meldungen. Die Intervalle der Raten decken nur Zufall ab.
briefing-covers-none = Es gibt keine Schätzung; nichts hier sagt, wie viele Kameras übersehen wurden. Die Intervalle der Raten decken nur Zufall ab.
briefing-bias = Bekannte Fehler: Schwerer sichtbare Kameras machen eine Schätzung zu niedrig; nicht einander zugeordnete Meldungen derselben Kamera zu hoch; einander zugeordnete Meldungen zweier Kameras zu niedrig.
briefing-working = Eine erfasste Kamera ist keine Kamera, die läuft. Wer sie betreibt, ist wie gemeldet, oft daraus geschlossen, woran sie befestigt ist.
briefing-frame = Nichts ist auf Straßen außerhalb der Begehung hochgerechnet, und nichts hier sagt, warum Kameras stehen, wo sie stehen.
briefing-small = Kleine Zahlen: Eine Rate wird ab zehn Kameras ausgewiesen, wenn ihr Intervall nicht breiter ist als das 1,6-Fache der Rate; Anteile, wo insgesamt zehn oder mehr Kameras gezählt wurden.

briefing-check = Selbst nachprüfen
briefing-check-files = Die Zahlen stehen in
briefing-check-method = Wie sie zustande kommen:
briefing-check-boundaries = Grenzen: { $set }, { $edition }.
briefing-check-release = Veröffentlichung { $value }. SHA-256 von manifest.json:
briefing-check-licence = Lizenz: { $value }. Zitieren als:
briefing-check-rebuild = Erstellt mit { $value }. Dieselben Meldungen ergeben dieselben Bytes; wer die Dateien hat, kann ausführen

file-effort-areas = Was in jedem Gebiet begangen wurde, je Begehung
