package io.trigrun.examples.quickstart;

/** What the shop sells, and the payload of its handlers: any record or bean that JSON can hold. */
record Order(int id) {}
