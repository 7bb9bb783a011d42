package revision

// Object is for tests.
var Object = object
