@main
enum Phosphor {
    static func main() {}
}
