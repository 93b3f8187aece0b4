# What the forms for reports and sheets say in the browser; the page hands this file over to its script.

queue-empty = Nichts wartet.
queue-count = Wartet auf das Senden: { $value }.
queue-sent-count = Gesendet: { $value }.
queue-sending = { $seconds ->
    [one] Wird gesendet … noch { $value }. Das nächste folgt innerhalb von { $seconds } Sekunde.
   *[other] Wird gesendet … noch { $value }. Das nächste folgt innerhalb von { $seconds } Sekunden.
}
queue-done = Alles gesendet.
queue-offline = Es gibt kein Netz. Was wartet, bleibt hier aufbewahrt; drücken Sie später noch einmal „Jetzt senden“.
queue-failed = Nicht gesendet werden konnten: { $value }; der Grund steht jeweils daneben.
queue-wait = Die Zählung bittet zu warten. Drücken Sie später noch einmal „Jetzt senden“.
queue-wiped = Gelöscht: Auf diesem Gerät ist nichts mehr.
queue-no-token = Für diese Kampagne ist kein Token mehr übrig. Bitten Sie ihre Koordination um eine neue Einladung.
queue-refused = Von der Zählung abgelehnt ({ $reason }).
queue-invite-taken = Ihre Einladung ist jetzt auf diesem Gerät und steht nicht mehr in der Adresse.
queue-invite-failed = Die Einladung ließ sich nicht verwenden. Vielleicht ist sie verbraucht, zurückgezogen oder abgeschnitten; bitten Sie um eine andere.
queue-tokens = Verbleibende Token: { $value } für Meldungen, { $number } für Vermerke.
queue-no-storage = Dieser Browser bewahrt für diese Seite nichts auf, vielleicht wegen eines privaten Fensters. Meldungen gehen verloren, wenn es geschlossen wird.
queue-receipt = Quittung
form-map-label = Karte zum Platzieren der Kamera: tippen oder die Nadel ziehen. Mit der Tastatur die Koordinaten unten eingeben.
form-placed = Die Nadel steht, wo Sie sie gesetzt haben.
form-not-placed = Tippen Sie auf die Karte, geben Sie Koordinaten ein, oder drücken Sie „Mein Standort“.
form-finding = Der Standort wird bei diesem Gerät erfragt …
form-found = Gefunden, auf etwa { $metres } Meter genau. Ziehen Sie die Nadel auf die Kamera selbst.
form-not-found = Dieses Gerät hat seinen Standort nicht mitgeteilt. Tippen Sie auf die Karte, oder geben Sie Koordinaten ein.
form-known = { $cameras ->
    [one] Die neueste Veröffentlichung zählt in diesem Häuserblock { $cameras } Kamera. Melden Sie trotzdem, was Sie sehen: Eine zweite Meldung bestätigt es.
   *[other] Die neueste Veröffentlichung zählt in diesem Häuserblock { $cameras } Kameras. Melden Sie trotzdem, was Sie sehen: Eine zweite Meldung bestätigt es.
}
form-known-none = Die neueste Veröffentlichung zählt in diesem Häuserblock keine Kamera.
form-kept = Auf diesem Gerät aufbewahrt. Es wurde nichts gesendet.
form-kept-again = Aufbewahrt. Die nächste steht am selben Ort: Ändern Sie, was abweicht.
form-facing-value = Blickt in Richtung { $degrees }°
form-facing-none = Nicht bekannt
form-file-good = { $number ->
    [one] { $number } Meldung lässt sich senden.
   *[other] { $number } Meldungen lassen sich senden.
}
form-file-bad = Objekt { $number } hat keinen brauchbaren Punkt.
form-file-broken = Das ist kein lesbares GeoJSON.
form-file-done = Angenommen: { $value }. Abgelehnt: { $number }.
sheets-sheet = Bogen { $number }
sheets-units = Bogen { $sheet }: { $value } zu begehen
sheets-none = Diese Welle hat noch keine Straßen zum Begehen. Ihre Koordination liest sie ein.
sheets-failed = Die Bögen konnten nicht geladen werden. Einmal geladen, bleiben sie auf diesem Gerät.
sheets-metres = { $metres } m
sheets-cell = Zelle
sheets-number = Nr.
sheets-zero = Ganz begangen, keine gesehen
sheets-complete = Ganz begangen, Kameras gemeldet
sheets-partial = Teilweise begangen
sheets-not-visible = Nicht einsehbar
sheets-kept = Auf diesem Gerät aufbewahrt. Es wurde nichts gesendet.
sheets-drawing = Zeichnung der Straßen von Bogen { $number }, Norden oben
sheets-pass-missing = Wählen Sie zuerst Ihr Team.
