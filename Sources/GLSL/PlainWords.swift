/// Turns the names that a compiler's grammar has for tokens into what people read and write.
///
/// Mesa's parser is made by Bison, which puts the grammar's own names into its messages: `unexpected NEW_IDENTIFIER,
/// expecting ',' or ';'`. The names are those of Mesa's `glsl_parser.yy` and `glcpp-parse.y`, and glslang's `glslang.y`.
enum PlainWords {
    private static let words: [String: String] = [
        "NEW_IDENTIFIER": "a name", "IDENTIFIER": "a name", "TYPE_IDENTIFIER": "a type's name",
        "FUNC_IDENTIFIER": "a function's name", "OBJ_IDENTIFIER": "a macro's name",
        "BASIC_TYPE_TOK": "a type", "FIELD_SELECTION": "a field's name",
        "FLOATCONSTANT": "a number", "DOUBLECONSTANT": "a number", "INTCONSTANT": "a number",
        "UINTCONSTANT": "a number", "INT64CONSTANT": "a number", "UINT64CONSTANT": "a number",
        "FLOAT16CONSTANT": "a number", "BOOLCONSTANT": "true or false", "INTEGER": "a number",
        "INTEGER_STRING": "a number", "OTHER": "a character", "NEWLINE": "the line's end",
        "SPACE": "a blank", "ERROR_TOK": "a character",
        "LEFT_BRACE": "'{'", "RIGHT_BRACE": "'}'", "LEFT_PAREN": "'('", "RIGHT_PAREN": "')'",
        "LEFT_BRACKET": "'['", "RIGHT_BRACKET": "']'", "LEFT_ANGLE": "'<'", "RIGHT_ANGLE": "'>'",
        "COMMA": "','", "SEMICOLON": "';'", "COLON": "':'", "EQUAL": "'='", "DOT": "'.'",
        "BANG": "'!'", "DASH": "'-'", "TILDE": "'~'", "PLUS": "'+'", "STAR": "'*'", "SLASH": "'/'",
        "PERCENT": "'%'", "VERTICAL_BAR": "'|'", "CARET": "'^'", "AMPERSAND": "'&'",
        "QUESTION": "'?'",
        "LEFT_OP": "'<<'", "RIGHT_OP": "'>>'", "INC_OP": "'++'", "DEC_OP": "'--'", "LE_OP": "'<='",
        "GE_OP": "'>='", "EQ_OP": "'=='", "NE_OP": "'!='", "AND_OP": "'&&'", "OR_OP": "'||'",
        "XOR_OP": "'^^'", "MUL_ASSIGN": "'*='", "DIV_ASSIGN": "'/='", "ADD_ASSIGN": "'+='",
        "SUB_ASSIGN": "'-='", "MOD_ASSIGN": "'%='", "LEFT_ASSIGN": "'<<='",
        "RIGHT_ASSIGN": "'>>='", "AND_ASSIGN": "'&='", "XOR_ASSIGN": "'^='", "OR_ASSIGN": "'|='",
    ]

    /// A message with its grammar's names said in plain words; any other message as it is.
    static func plain(_ message: String) -> String {
        guard message.contains("syntax error") else { return message }
        var result = ""
        var name = ""
        func said() -> String {
            guard name.utf8.count > 1, name.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A })
            else {
                return name
            }
            if let word = words[name] { return word }
            let keyword = name.hasSuffix("_TOK") ? String(name.dropLast(4)) : name
            return "'\(keyword.lowercased())'"
        }
        for character in message {
            if character.isASCII,
                character.isUppercase || character == "_" || (!name.isEmpty && character.isNumber)
            {
                name.append(character)
            } else {
                result += said()
                name = ""
                result.append(character)
            }
        }
        return result + said()
    }
}
