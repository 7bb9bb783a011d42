<?php
// The settings of a WordPress that lives in a test: on this machine alone, with
// a database without passwords behind a socket, asking nobody and running no
// planned task unless /wp-cron.php is called.
$base = getenv('EDITORIAL_WP');
define('ABSPATH', getenv('EDITORIAL_WP_CODE') . '/');
define('WP_CONTENT_DIR', $base . '/content');
define('DB_NAME', 'wp');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . $base . '/db/s');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', getenv('EDITORIAL_WP_URL'));
define('WP_SITEURL', WP_HOME);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without https
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $what) {
    define($what . '_KEY', 'key of ' . $what);
    define($what . '_SALT', 'salt of ' . $what);
}
$table_prefix = 'wp_';
require ABSPATH . 'wp-settings.php';
