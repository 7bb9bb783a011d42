<?php
// Makes the tables, an administrator, an author and a contributor, and prints
// an application password of each.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('EDITORIAL_WP_URL'), PHP_URL_HOST);
$_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/site.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Test', 'admin', 'admin@velo.example', true, '', 'not used');
update_option('permalink_structure', '/%postname%/');
update_option('gmt_offset', 5.5); // a zone that no test machine has
foreach (['admin', 'author', 'contributor'] as $name) {
    $user = get_user_by('login', $name);
    $id = $user ? $user->ID : wp_insert_user(['user_login' => $name, 'user_pass' => 'not used', 'user_email' => $name . '@velo.example', 'role' => $name]);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'editorial']);
    echo $name, ' ', $password, "\n";
}
