# What the forms for reports and sheets say in the browser; the page hands this file over to its script.

queue-empty = No espera nada.
queue-count = { $value } por enviar.
queue-sent-count = { $value ->
    [one] { $value } enviado.
   *[other] { $value } enviados.
}
queue-sending = { $seconds ->
    [one] Enviando… quedan { $value }. El siguiente sale en { $seconds } segundo como mucho.
   *[other] Enviando… quedan { $value }. El siguiente sale en { $seconds } segundos como mucho.
}
queue-done = Todo enviado.
queue-offline = No hay red. Lo que espera queda aquí; pulse «Enviar ahora» más tarde.
queue-failed = No se pudieron enviar { $value }; el motivo está junto a cada uno.
queue-wait = El censo pide esperar. Pulse «Enviar ahora» más tarde.
queue-wiped = Borrado: no queda nada en este dispositivo.
queue-no-token = No queda ninguna ficha para esta campaña. Pida otra invitación a quien la coordina.
queue-refused = Rechazado por el censo ({ $reason }).
queue-invite-taken = Su invitación está ahora en este dispositivo y ya no en la dirección.
queue-invite-failed = La invitación no se pudo usar. Quizá esté gastada, retirada o incompleta; pida otra.
queue-tokens = Fichas restantes: { $value } para avisos, { $number } para marcas.
queue-no-storage = Este navegador no guarda nada para esta página, quizá por una ventana privada. Los avisos se perderían al cerrarla.
queue-receipt = Recibo
form-map-label = Mapa para situar la cámara: toque o arrastre el marcador. Con el teclado, escriba las coordenadas debajo.
form-placed = El marcador está donde lo puso.
form-not-placed = Toque el mapa, escriba coordenadas o pulse «Mi ubicación».
form-finding = Preguntando a este dispositivo dónde está…
form-found = { $metres ->
    [one] Encontrado, con una precisión de alrededor de { $metres } metro. Arrastre el marcador hasta la propia cámara.
   *[other] Encontrado, con una precisión de unos { $metres } metros. Arrastre el marcador hasta la propia cámara.
}
form-not-found = Este dispositivo no dijo dónde está. Toque el mapa o escriba coordenadas.
form-known = { $cameras ->
    [one] La última edición cuenta { $cameras } cámara en esta manzana. Avise igualmente de lo que vea: un segundo aviso lo confirma.
   *[other] La última edición cuenta { $cameras } cámaras en esta manzana. Avise igualmente de lo que vea: un segundo aviso lo confirma.
}
form-known-none = La última edición no cuenta ninguna cámara en esta manzana.
form-kept = Guardado en este dispositivo. No se ha enviado nada.
form-kept-again = Guardado. La siguiente está en el mismo lugar: cambie lo que difiera.
form-facing-value = Mira hacia { $degrees }°
form-facing-none = No se sabe
form-file-good = { $number ->
    [one] Se puede enviar { $number } aviso.
   *[other] Se pueden enviar { $number } avisos.
}
form-file-bad = El elemento { $number } no tiene un punto utilizable.
form-file-broken = No es un GeoJSON que se pueda leer.
form-file-done = Aceptados: { $value }. Rechazados: { $number }.
sheets-sheet = Hoja { $number }
sheets-units = Hoja { $sheet }: { $value } por recorrer
sheets-none = Esta ronda aún no tiene calles por recorrer. Quien coordina las importa.
sheets-failed = No se pudieron cargar las hojas. Una vez cargadas quedan en este dispositivo.
sheets-metres = { $metres } m
sheets-cell = celda
sheets-number = N.º
sheets-zero = Recorrida entera, no vi ninguna
sheets-complete = Recorrida entera, con cámaras señaladas
sheets-partial = Recorrida en parte
sheets-not-visible = No se podía ver
sheets-kept = Guardado en este dispositivo. No se ha enviado nada.
sheets-drawing = Dibujo de las calles de la hoja { $number }, norte arriba
sheets-pass-missing = Elija primero su equipo.
