# Palabras de las páginas. Cada clave está en todos los idiomas; una prueba las compara.

site-name = censo de cámaras
skip = Ir al contenido
nav-label = Páginas
nav-map = Mapa
nav-data = Datos
nav-method = Método
nav-privacy = Privacidad
nav-releases = Todas las ediciones
languages = Idiomas
yes = sí
no = no

footer-release = Edición
footer-licence = Licencia de los datos propios de este censo: { $value }.
footer-check = Compruébelo:
footer-first-party = Esta página no pide nada a nadie más que a este servidor y no deja cookies.
footer-licences = Licencias de los programas de esta página

map-title = Mapa
map-region = Mapa del recuento de cámaras
map-noscript = Sin scripts se ven la imagen de arriba y las tablas de abajo: los mismos números, sin filtros.
map-no-script = Este programa se compiló sin el mapa interactivo. La imagen y las tablas muestran los mismos números.
zoom-in = Acercar
zoom-out = Alejar
zoom-all = Mostrar todo
details-title = Celda

empty-title = Todavía no hay ninguna edición
empty-text = El mapa muestra ediciones: recuentos fechados que no cambian. Aquí aún no se ha creado ninguna. Para crear la primera, ejecute en el servidor:
empty-step-import = Incorpore los avisos que ya tenga, o deje que los voluntarios envíen los suyos.
empty-step-review = Mire lo que espera revisión; nada sin revisar se publica.
empty-step-build = Cree la edición.
empty-then = Esta página la mostrará después, sin reiniciar.

headline-cameras = { $value ->
    [one] cámara contada (como mínimo)
   *[other] cámaras contadas (como mínimo)
}
headline-heads = { $value ->
    [one] { $value } cabezal,
   *[other] { $value } cabezales,
}
headline-sightings = { $value ->
    [one] a partir de { $value } avistamiento.
   *[other] a partir de { $value } avistamientos.
}
headline-home = Además, unas { $value } cámaras domésticas.
headline-as-of = Hasta la semana { $value }.
headline-method = Cómo contamos

svg-title = Mapa del recuento de cámaras
svg-description = Cada hexágono es una celda donde se avisó de cámaras; la tabla de celdas da los números.
svg-north = N

filter-legend = Qué cámaras
filter-all = Todas las cámaras
filter-kind = Por tipo
filter-operator = Por responsable
filter-hint = Los recuentos se publican por tipo y por responsable, pero no cruzados, así que no se pueden combinar. Su elección se queda en este navegador.
measure-legend = Mostrar
measure-count = Número
measure-km2 = Por km²

legend-title = Leyenda
legend-count = Cámaras por celda
legend-km2 = Cámaras por km² (sin incluir el límite superior)
legend-nothing = Ninguna cámara avisada
legend-nothing-text = No se dibuja nada. No significa que no haya ninguna.
legend-homes = Solo cámaras domésticas
legend-homes-text = Avisadas en puertas de viviendas; su número se redondea («unas») y se reserva en celdas pequeñas.
legend-unsurveyed = Sin recorrer
legend-unsurveyed-text = Donde el censo sepa qué calles se recorrieron, las demás se verán rayadas. Esta edición no lo sabe.

cells-title = Los números, celda por celda
cells-all = { $value ->
    [one] { $value } celda con cámaras.
   *[other] { $value } celdas con cámaras.
}
cells-resolution = Celdas H3 de resolución { $value }.
cells-largest = Figuran las { $value } celdas con más cámaras; la página de datos las tiene todas.
kinds-title = Por tipo
kinds-column = Tipo
operators-title = Por responsable
operators-column = Responsable

lists-title = Registros de terceros
lists-text = Listas que mantiene una ciudad u otra entidad. Cada una se cuenta por separado y nunca se suma a lo que se vio en la calle.
lists-column = Registro
lists-licence = Licencia
list-shown = Este es un registro de terceros, no lo contado en la calle: { $value }.
list-back = Volver al recuento de la calle

kind-unknown = Desconocido
kind-fixed = Fija
kind-dome = Domo
kind-panning = Motorizada
kind-plate_reader = Lector de matrículas
kind-doorbell = Timbre
kind-other = Otro
operator-unknown = Desconocido
operator-police = Policía
operator-government = Administración
operator-transit = Transporte público
operator-traffic = Tráfico
operator-business = Empresa
operator-education = Escuelas y universidades
operator-household = Hogar
operator-other = Otro

script-map-label = Mapa del recuento de cámaras. Las flechas lo mueven, más y menos cambian la escala, Intro muestra la celda del centro.
script-column-cell = Celda
script-column-cameras = Cámaras
script-column-km2 = Por km²
script-column-heads = Cabezales
script-column-home = Cámaras domésticas, unas
script-in-view = A la vista: { $cells } celdas con { $cameras } cámaras como mínimo. Celdas de resolución { $resolution }, de unos { $km2 } km² cada una.
script-in-view-none = Con esta elección no se avisó de ninguna cámara en esta vista.
script-in-view-limit = Figuran las { $limit } celdas con más cámaras.
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
script-home-closed = dato reservado en celdas tan pequeñas
script-surveyed = Recorrido
script-surveyed-value = { $share } de la celda
script-surveyed-unknown = no se sabe
details-close = Cerrar
script-failed = El mapa interactivo no arrancó en este navegador. La imagen y las tablas muestran los mismos números.
script-cooperative-touch = Use dos dedos para mover el mapa

data-title = Datos
data-none = Todavía no hay ninguna edición. La página de inicio explica cómo crear la primera.
data-text = Una edición publicada no cambia nunca. Su dirección permanece, y un número citado hoy se podrá comprobar dentro de diez años.
data-cite = Cómo citar
data-sources = Las listas ajenas conservan su licencia, que figura junto a cada una.
data-check = Cómo comprobar
data-check-text = El manifiesto nombra cada archivo con su tamaño y su SHA-256. Con el programa, una orden los compara todos:
data-manifest = SHA-256 del manifiesto:
data-files = Archivos de esta edición
data-column-file = Archivo
data-column-about = Contenido
data-column-bytes = Bytes
file-summary = Los totales de la edición
file-density = Teselas vectoriales del mapa, todas las escalas en un archivo PMTiles
file-effort = Qué calles se recorrieron y en qué medida
file-figures = Números publicados por otros, con su definición y su fuente
file-deployments = Cámaras por responsable y tipo
file-makers = Cámaras por fabricante
file-sources = De dónde vienen los avisos, con sus licencias
file-changes = Qué cambió desde la edición anterior
file-policy = Las reglas de privacidad con que se creó esta edición
file-manifest = Nombres, tamaños y SHA-256 de todos los archivos
file-source = Una lista ajena, con su propia licencia
file-cells = Recuentos de cada celda H3
file-areas = Recuentos de cada zona con nombre
file-other = Un archivo de esta edición

releases-title = Ediciones
releases-text = Cada edición permanece en su dirección y no cambia nunca.
releases-as-of = Hasta la semana
releases-files = Archivos de { $value }

error-not-found = Esta página no existe
error-not-found-text = Quizá la dirección esté mal escrita, o sea de una edición que este servidor no tiene.
error-gone = Esto fue retirado
error-gone-text = La edición de esta dirección fue retirada. La lista de ediciones nombra las vigentes.
error-busy = El servidor está ocupado
error-busy-text = No se ha perdido nada. Vuelva a intentarlo dentro de un minuto.
error-request = El servidor no pudo leer esta petición
error-request-text = Revise la dirección. Un programa debería usar la API, cuyas respuestas dicen con exactitud qué falló.
error-server = Algo falló en el servidor
error-server-text = No es culpa suya. Quien lleva este servidor puede encontrar la causa en su registro, que no contiene nada sobre usted.
error-home = Ir al mapa

privacy-title = Privacidad
privacy-lead = Son promesas a quienes cuentan, a los hogares y a quien lee esto. Detrás de cada una en vigor hay una prueba que falla si la promesa se rompe.
privacy-later = aún no en vigor
promise-1 = Lugares aproximados
promise-1-text = El punto exacto de un aviso no se escribe nunca. Una cámara del espacio público se guarda como un hexágono de unos 44 metros cuadrados; una doméstica, como uno de unos 0,7 kilómetros cuadrados.
promise-2 = Una sola jerarquía
promise-2-text = Cada celda grande es la suma de sus celdas pequeñas. No hay una segunda cuenta que permita deducir un lugar más fino.
promise-3 = Sin rastro suyo en la red
promise-3-text = Su dirección, su navegador, de dónde viene y su idioma no se guardan ni se registran. Las páginas públicas no dejan cookies y son iguales para todos.
promise-4 = Semanas, no momentos
promise-4-text = Guardamos la semana de una observación, nunca el día ni la hora, y no escribimos ninguna línea de registro por aviso.
promise-5 = Sin orden
promise-5-text = Una vez al día, y después de cada edición, la base de datos se reescribe de modo que nada diga en qué orden llegaron los avisos.
promise-6 = Una lista de todo lo que guardamos
promise-6-text = Cada columna de la base de datos figura abajo con su finalidad. No puede existir una columna fuera de la lista: fallaría una prueba.
promise-7 = Estrictos en la puerta
promise-7-text = Solo se leen las propiedades necesarias y solo con los valores conocidos. Lo que no encaja se rechaza con un motivo y no se guarda nada de ello.
promise-8 = Ni imágenes ni texto libre
promise-8-text = No hay campo para una imagen, un enlace o un comentario, porque es lo que delata a las personas. Los mensajes de error nunca repiten lo que usted envió.
promise-9 = Fichas imposibles de vincular
promise-9-text = Una invitación le dará un paquete de fichas de un solo uso. El servidor podrá comprobar que una ficha es auténtica, sin saber de qué invitación vino.
promise-10 = La misma clave para todos
promise-10-text = Las claves de las fichas figurarán en cada edición, para que cualquiera vea que nadie recibió una clave aparte.
promise-11 = Números domésticos redondeados
promise-11-text = El número de cámaras domésticas de una celda se redondea una vez, a un múltiplo de cinco, y todo otro número doméstico es una suma de estos. Decimos «unas». Si una zona es demasiado pequeña, dice «no disponible».
promise-12 = Ediciones por lotes
promise-12-text = Una región aparecerá o cambiará solo cuando se reúnan al menos veinte cambios (cinco en grupos pequeños), para que dos ediciones no muestren el paseo de una persona.
promise-13 = No se pregunta a nadie más
promise-13-text = Cada página, script, imagen y tesela viene de este servidor. El servidor no llama a nadie.
promise-14 = Sus filtros se quedan con usted
promise-14-text = Lo que busca, elige y mira se calcula en su navegador. Un mapa pequeño se carga entero, de modo que ni siquiera se ve qué parte mira.
promise-15 = Borrado
promise-15-text = Quien envió un aviso podrá retirarlo hasta que se revise, y un hogar podrá pedir que se baje una cuenta. La base de datos se limpia al momento; las copias, en 30 días.
promise-16 = Lo que sabría un ladrón
promise-16-text = Una orden mostrará lo que encontraría quien se lleve el servidor. La respuesta se publicará con cada versión del programa.
privacy-limits = Lo que no podemos prometer
privacy-limit-order = Entre dos reescrituras, separadas como mucho un día, quien robe el servidor podría ver en qué orden llegaron los avisos.
privacy-limit-phone = Si alguien abre su teléfono desbloqueado, ve lo que usted ve.
privacy-limit-network = Su proveedor ve que visita esta dirección. Quien vigile toda la red Tor quizá vea más.
privacy-limit-operator = Quien lleva este servidor podría cambiar el programa para que registre desde ahora. Usted puede compararlo con el código publicado, pero no mirar dentro de la máquina.
privacy-limit-tiles = Si el mapa es demasiado grande para cargarlo entero, las direcciones de las teselas que pide su navegador dicen qué parte mira. No se registran.
hand-over-title = Lo que podemos entregar
hand-over-text = Si un tribunal nos ordena entregar la base de datos, esto es todo lo que hay: cada tabla y cada columna. Lo marcado como público está tal cual en las ediciones; de los avistamientos, solo recuentos.
hand-over-table = Tabla
hand-over-column = Columna
hand-over-purpose = Para qué sirve
hand-over-public = Público

method-title = Cómo contamos
method-lead = El censo cuenta lo que la gente pudo ver a pie y avisó. Sus números son mínimos con fecha.
method-counted = Qué se cuenta
method-counted-text = Cámaras de vigilancia visibles desde el espacio público: en paredes, postes, farolas, semáforos y techos. No se cuentan cámaras interiores, corporales ni de vehículos, vigilantes ni detectores de disparos.
method-cameras = De avisos a cámaras
method-cameras-text = Un avistamiento es un aviso de uno o más cabezales en un punto. Los avisos de varias personas sobre la misma cámara se unen por lugar y tipo. Si una persona avisa de dos cámaras contiguas, siguen siendo dos. Así, una cámara se deduce, nunca se teclea.
method-at-least = Qué significa «como mínimo»
method-at-least-text = Nadie ve todas las cámaras. El número contado es el que alguien avisó y una persona revisora aceptó; el verdadero es mayor, en una cantidad que esta edición no estima.
method-homes = Cámaras domésticas
method-homes-text = Los timbres y las cámaras de hogares se cuentan aparte, solo en celdas de resolución 8 o más gruesas, y redondeados a un múltiplo de cinco. Los demás números de estas páginas son de cámaras del espacio público.
method-cells = Celdas
method-cells-text = Los lugares son celdas H3: hexágonos de tamaño casi igual, cada uno con siete menores dentro. El mapa elige el tamaño según la escala. La superficie varía con la latitud, y las densidades usan la superficie real de cada celda.
method-resolution = Resolución
method-area = km² de media
method-zoom = Escala
method-classes = Clases
method-classes-text = Los colores son clases fijas, iguales en todas las ediciones: por celda 1, 2–4, 5–9, 10–19, 20–49, 50–99, 100 o más; por kilómetro cuadrado hasta 1, 5, 20, 50, 100, 500 y más. Así se pueden comparar dos mapas.
method-filters = Tipos y responsables
method-filters-text = Cada cámara tiene un tipo y un responsable; si los avisos no lo dicen, es desconocido. Publicamos las dos listas, no su cruce: los cruces pequeños delatarían avisos sueltos.
method-limits = Límites
method-limit-effort = Más cámaras puede significar más voluntarios. Compare lugares solo si ambos se recorrieron.
method-limit-time = Una cámara retirada sigue contando: todavía nada la quita.
method-limit-view = Una cámara tras un muro, bajo un tejado o en una farola se pasa por alto fácilmente.
method-limit-merge = Unir es una regla y yerra en ambos sentidos: dos cámaras del mismo tipo a pocos metros pueden quedar en una; una cámara avisada en puntos alejados, en dos.
method-limit-lists = Los registros ajenos nunca se suman; figuran aparte con su licencia.
