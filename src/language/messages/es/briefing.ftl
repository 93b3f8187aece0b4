# Palabras de los informes.

# Paper
paper-page-of = Página { $page } de { $pages }
# The content of a briefing
briefing-link = Informe: dos páginas para imprimir
briefing-back = Volver a la zona
briefing-pdf = PDF, { $value }
briefing-title = Cámaras de vigilancia en { $area }
briefing-week = semana { $week } de { $year }
briefing-unknown = no se sabe
briefing-more = y { $value } más
briefing-short-interval = de { $low } a { $high } (95 %)
briefing-open-interval = { $low } o más (95 %)

briefing-found = Cámaras registradas
briefing-found-interval = contadas: hay al menos estas
briefing-found-of = en { $area }
briefing-found-of-ground = en { $area }, { $km2 } km²
briefing-found-means = vistas desde el espacio público
briefing-nobody-interval = nadie miró: desconocido, no cero
briefing-estimate = Todas las cámaras, estimadas
briefing-estimate-bound = Todas las cámaras, al menos unas
briefing-estimate-none = sin estimación
briefing-estimate-no-interval = sin estimación no hay intervalo
briefing-estimate-of-nothing = ninguna calle recorrida por varios equipos
briefing-per-10000 = Por 10 000 habitantes
briefing-rate-means = cámaras registradas, no estimadas
briefing-rate-few-interval = retenida: menos de diez cámaras o un intervalo demasiado ancho
briefing-rate-none-interval = sin ambos números no hay tasa
briefing-residents-none = no se indican los habitantes
briefing-surveyed = Calles listadas recorridas
briefing-surveyed-interval = medido, no muestreado
briefing-surveyed-of = de todas las calles o celdas previstas
briefing-surveyed-of-units = de las { $units } calles o celdas previstas ({ $extent })
briefing-surveyed-means = recorridas por completo por al menos un equipo
briefing-surveyed-none = no hay lista de calles por recorrer
briefing-home-interval = redondeado a un múltiplo de cinco
briefing-home-withheld = retenido: la zona es demasiado pequeña
briefing-home-of = en { $area }, y en ningún otro número de aquí
briefing-home-means = timbres y cámaras de hogares

briefing-map = Dónde están
briefing-map-text = Celdas con cámaras: { $some }; la que más tiene: { $most }. Celdas en las que alguien miró y no encontró ninguna: { $none }. El terreno rayado no se recorrió: lo que hay allí se desconoce.

briefing-effort-caption = Lo recorrido en { $area }, por ronda
briefing-effort-means = recorrido de extremo a extremo
briefing-teams = Equipos
briefing-named = Previsto
briefing-walked = Recorrido por un equipo
briefing-walked-all = Recorrido por todos los equipos
briefing-none-found = Recorrido, ninguna hallada
briefing-km = { $value } km
briefing-km-share = { $value } km ({ $share } %)
briefing-square-km = { $value } km²
briefing-square-km-share = { $value } km² ({ $share } %)
briefing-zero = Cero: en { $none } de { $walked } calles o celdas recorridas ningún equipo señaló ninguna cámara.
briefing-not-surveyed = Sin recorrer: { $missing } de { $all } calles o celdas. Lo que hay allí se desconoce; no es cero.
briefing-withheld = Retenido: { $value }.
briefing-withheld-nothing = Retenido: nada aquí.
briefing-withheld-rates = tasas con pocas cámaras
briefing-withheld-homes = cámaras domésticas en una zona pequeña
briefing-observers = Un equipo puede ser una persona o muchas: nadie anota quién caminó.

briefing-shares-means = cámaras registradas

briefing-changes = Desde la edición anterior
briefing-changes-none = No hay edición anterior, así que nada puede decirse sobre cambios.
briefing-changes-caption = Cámaras en { $area }, de la edición { $before } a la { $after }
briefing-changes-means = cambios netos de celdas pequeñas, como en changes.csv
briefing-changes-what = Qué pasó
briefing-changes-how = Qué significa
briefing-before = Antes
briefing-before-means = contadas en la edición anterior
briefing-new = Nuevas
briefing-new-means = donde ya se había recorrido todo: instaladas desde entonces, o no vistas antes
briefing-newly-found = Recién encontradas
briefing-newly-found-means = quizá estaban desde siempre
briefing-gone = Desaparecidas
briefing-gone-means = se vio que ya no están, o ya no se señalan
briefing-split = Separadas
briefing-split-means = una cámara resultó ser varias
briefing-merged = Unidas
briefing-merged-means = varias cámaras resultaron ser una
briefing-stale = Sin confirmar
briefing-stale-means = nadie las ha confirmado en 24 meses
briefing-border = En el límite
briefing-border-means = en celdas que cruzan el límite de la zona
briefing-after = Ahora
briefing-after-means = contadas en esta edición
briefing-trend = Una tendencia requiere el mismo esfuerzo en ambas: entonces se recorrió el { $before } %, ahora el { $after } %.
briefing-trend-unknown = Una tendencia requiere el mismo esfuerzo en ambas. No se sabe cuánto se recorrió en las dos, así que esto no es una tendencia.

briefing-nearby = Junto a las zonas cercanas
briefing-nearby-caption = { $set }: las zonas más cercanas, por orden alfabético; no es una clasificación
briefing-nearby-compared = Comparada con { $area }
briefing-nearby-here = esta zona
briefing-nearby-alike = no se puede distinguir
briefing-nearby-apart = difiere más de lo que explica el azar
briefing-nearby-none = sin tasa
briefing-nearby-text = Las tasas se comparan al 95 %, de dos en dos. Eso habla solo del azar, no de cuántas cámaras se pasaron por alto; más cámaras pueden significar más voluntarios.

briefing-figures-caption = Cifras publicadas y las { $cameras } cámaras registradas en { $area }
briefing-figures-means = ¿cuentan lo mismo?
briefing-figures-linked = Cámaras conectadas aquí: { $value }.
briefing-figures-more = Más cifras publicadas en la página de comparaciones: { $value }.

briefing-method = Método y límites
briefing-counted = Se cuentan: cámaras en paredes, postes y edificios que pueden verse desde el espacio público, de todos los tipos de la tabla, señaladas hasta la { $week } y aceptadas por un revisor. No se cuentan: cámaras interiores, ocultas, de vehículos o corporales. Las domésticas se cuentan aparte.
briefing-sources = Los avisos de este censo proceden de: { $value }.
briefing-covers = El intervalo de la estimación abarca el azar de qué cámaras vieron los equipos, en las calles que todos recorrieron. No abarca el muestreo, las calles sin recorrer, los equipos que sabían unos de otros ni los avisos erróneos. Los intervalos de las tasas abarcan solo el azar.
briefing-covers-none = No hay estimación, así que nada aquí dice cuántas cámaras se pasaron por alto. Los intervalos de las tasas abarcan solo el azar.
briefing-bias = Errores conocidos: las cámaras más difíciles de ver que otras hacen la estimación demasiado baja; los avisos de una misma cámara que no se unieron, demasiado alta; los de dos cámaras que se unieron en una, demasiado baja.
briefing-working = Una cámara registrada no es una cámara que funciona. Quién la opera se deduce de aquello a lo que está fijada, salvo que alguien lo confirmara.
briefing-frame = Nada se extrapola a calles fuera del recorrido, y nada aquí dice por qué las cámaras están donde están.
briefing-small = Números pequeños: no se imprimen tasas de menos de diez cámaras ni proporciones de menos de diez.

briefing-check = Compruébelo usted
briefing-check-files = Los números están en
briefing-check-method = Cómo se obtienen:
briefing-check-boundaries = Límites: { $set }, { $edition }.
briefing-check-release = Edición { $value }. SHA-256 de manifest.json:
briefing-check-licence = Licencia: { $value }. Cítese como:
briefing-check-rebuild = Hecho con { $value }. Los mismos avisos dan los mismos bytes; quien tenga los archivos puede ejecutar

file-effort-areas = Lo recorrido en cada zona, por ronda
