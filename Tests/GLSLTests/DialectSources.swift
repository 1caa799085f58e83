import GLSL

/// Small sources that use every name of a dialect's document.
///
/// A link to this file is among the guest's tests, where the real driver takes them.
struct DialectSource: Sendable, CustomStringConvertible {
    var dialect: Dialect
    var name: String
    /// Texts by the names of parts.
    var parts: [String: String]
    /// What bindings fill, by pass and name; names that are filled by themselves are not among them.
    var bound: [String: [String]]

    var description: String { "\(dialect.rawValue): \(name)" }

    var source: SketchSource {
        var texts: [SketchPart: StageText] = [:]
        for (part, text) in parts {
            texts[SketchPart(rawValue: part)] = StageText(text: text, file: part)
        }
        return SketchSource(parts: texts, name: name)
    }

    static let all: [DialectSource] = [
        shadertoyPicture, shadertoyWorld, shadertoyBuffers, riftray, bonzomatic, kodelife,
        kodelifeES, kodelifeStages, glslSandbox, glslSandboxES,
    ]

    static let shadertoyPicture = DialectSource(
        dialect: .shadertoy, name: "every uniform",
        parts: [
            "frag": """
            float flat3(sampler3D s, vec3 p) { return texture(s, p).x; }
            const int KEY_UP = 38;
            void mainImage(out vec4 fragColor, in vec2 fragCoord)
            {
                vec2 uv = fragCoord / iResolution.xy * iResolution.z;
                vec3 ray = normalize(vec3(uv, 1.0));
                float t = iTime + iGlobalTime + iTimeDelta + iFrameRate + float(iFrame) + iSampleRate;
                for (int i = 0; i < 4; i++) t += iChannelTime[i] + iChannelResolution[i].x;
                fragColor = iMouse + iDate + t + texture(iChannel0, uv, 0.5)
                    + texture(iChannel1, reflect(ray, vec3(0.0, 1.0, 0.0))) + flat3(iChannel2, ray)
                    + texelFetch(iChannel3, ivec2(KEY_UP, 0), 0);
            }
            vec2 mainSound(int samp, float time) { return vec2(sin(6.2831 * 440.0 * time)); }
            """
        ],
        bound: [
            "image": [
                "iChannel3", "phosphor_size0", "phosphor_size1", "phosphor_size2", "phosphor_size3",
            ]
        ])

    static let shadertoyWorld = DialectSource(
        dialect: .shadertoy, name: "mainVR",
        parts: [
            "frag": """
            void mainVR(out vec4 fragColor, in vec2 fragCoord, in vec3 fragRayOri, in vec3 fragRayDir)
            {
                fragColor = vec4(fragRayOri + fragRayDir + iTime, fragCoord.x);
            }
            """
        ], bound: [:])

    static let shadertoyBuffers = DialectSource(
        dialect: .shadertoy, name: "Buffer A to D and Common",
        parts: [
            "common":
                "#define at(s) texture(s, fragCoord / iResolution.xy)\nfloat half_of(float a) { return 0.5 * a; }\n",
            "bufferA.frag":
                "void mainImage(out vec4 fragColor, in vec2 fragCoord) { fragColor = half_of(0.98) * at(iChannel0); }",
            "bufferB.frag":
                "void mainImage(out vec4 fragColor, in vec2 fragCoord) { fragColor = at(iChannel0) + at(iChannel1); }",
            "bufferC.frag":
                "#iChannel0 \"self\"\n#iChannel1 \"file://bufferA.frag\"\nvoid mainImage(out vec4 fragColor, in vec2 fragCoord) { fragColor = at(iChannel0) + at(iChannel1); }",
            "bufferD.frag":
                "void mainImage(out vec4 fragColor, in vec2 fragCoord) { fragColor = at(iChannel3) + iChannelResolution[2].xyzz; }",
            "frag":
                "void mainImage(out vec4 fragColor, in vec2 fragCoord) { fragColor = at(iChannel0) + at(iChannel1) + at(iChannel2) + at(iChannel3); }",
        ],
        bound: [
            "bufferA": ["iChannel0"], "bufferB": ["iChannel0", "iChannel1"],
            "bufferC": ["iChannel0", "iChannel1"],
            "bufferD": ["iChannel3", "phosphor_size2"],
            "image": ["iChannel0", "iChannel1", "iChannel2", "iChannel3"],
        ])

    static let riftray = DialectSource(
        dialect: .riftray, name: "every comment",
        parts: [
            "frag": """
            // @var title Somewhere
            // @var author somebody
            // @var license none
            // @var url https://example.org/
            // @var headSize 2.5
            // @var eyePos 9.515 2.489 -23.0.993
            // @var tex0 stone.jpg
            //@var tex2 sand.png
            // @var float bumps 1.1 0.1 4.0 0.0005
            uniform float bumps;
            // @var vec3 sun 0.35 0.3 0.6 dir
            uniform vec3 sun;
            // @var vec3 sky 1.0 .8 .7 color
            uniform vec3 sky;
            #ifndef RIFTRAY
            uniform vec3 iResolution;
            #endif
            vec3 getSceneColor( in vec3 ro, in vec3 rd )
            {
                vec3 a = texture2D(iChannel0, rd.xy, -100.0).xyz + texture2D(iChannel1, ro.xy).xyz;
                vec3 b = texture2D(iChannel2, rd.xz).xyz + texture2D(iChannel3, ro.xz).xyz;
                return bumps * (a + b) + sky * max(0.0, dot(sun, rd)) + iGlobalTime + iResolution
                    + iChannelResolution[0];
            }
            #ifndef RIFTRAY
            void main() { gl_FragColor = vec4(getSceneColor(vec3(0.0), vec3(1.0)), 1.0); }
            #endif
            """
        ],
        bound: [
            "image": [
                "iChannel0", "iChannel2", "bumps", "sun", "sky", "phosphor_size0",
            ]
        ])

    static let bonzomatic = DialectSource(
        dialect: .bonzomatic, name: "every name",
        parts: [
            "frag": """
            #version 410 core

            uniform float fGlobalTime; // in seconds
            uniform vec2 v2Resolution; // viewport resolution (in pixels)
            uniform float fFrameTime;
            uniform sampler1D texFFT;
            uniform sampler1D texFFTSmoothed;
            uniform sampler1D texFFTIntegrated;
            uniform sampler2D texPreviousFrame;
            uniform sampler2D texChecker;
            uniform sampler2D texNoise;
            uniform sampler2D texLogo;
            uniform float fMidiKnob;
            in vec2 out_texcoord;
            layout(location = 0) out vec4 out_color;

            float beat = mod(fGlobalTime, 2);
            void main(void)
            {
                vec2 uv = out_texcoord - 0.5;
                uv /= vec2(v2Resolution.y / v2Resolution.x, 1);
                float f = texture(texFFT, 0.1).r * 100 + texture(texFFTSmoothed, 0.1).r
                    + texture(texFFTIntegrated, 0.1).r + fFrameTime + fMidiKnob + beat;
                out_color = f + texture(texPreviousFrame, uv) + texture(texChecker, uv)
                    + texture(texNoise, uv) + texture(texLogo, uv);
            }
            """
        ],
        bound: [
            "image": [
                "fGlobalTime", "v2Resolution", "fFrameTime", "texFFT", "texFFTSmoothed",
                "texFFTIntegrated", "texPreviousFrame", "texChecker", "texNoise", "texLogo",
                "fMidiKnob",
            ]
        ])

    private static let kodelifeNames = """
        uniform float time;
        uniform vec2 resolution;
        uniform vec2 mouse;
        uniform vec3 spectrum;
        uniform sampler2D texture0;
        uniform sampler2D texture1;
        uniform sampler2D texture2;
        uniform sampler2D texture3;
        uniform sampler2D prevFrame;
        uniform sampler2D prevPass;

        """

    private static let kodelifeBound = [
        "time", "resolution", "mouse", "spectrum", "texture0", "texture1", "texture2", "texture3",
        "prevFrame", "prevPass",
    ]

    static let kodelife = DialectSource(
        dialect: .kodelife, name: "OpenGL",
        parts: [
            "frag": """
            #version 150

            \(kodelifeNames)
            in VertexData
            {
                vec4 v_position;
                vec3 v_normal;
                vec2 v_texcoord;
            } inData;

            out vec4 fragColor;

            void main(void)
            {
                vec2 uv = inData.v_texcoord * resolution.x / resolution.y + mouse;
                fragColor = vec4(sin(time) * spectrum, 1.0) + inData.v_position + inData.v_normal.xyzz
                    + texture(texture0, uv) + texture(texture1, uv) + texture(texture2, uv)
                    + texture(texture3, uv) + texture(prevFrame, uv) + texture(prevPass, uv);
            }
            """
        ], bound: ["image": kodelifeBound])

    static let kodelifeES = DialectSource(
        dialect: .kodelife, name: "OpenGL ES",
        parts: [
            "frag": """
            #ifdef GL_ES
            precision highp float;
            #endif

            varying vec3 v_normal;
            varying vec2 v_texcoord;

            \(kodelifeNames)
            void main(void)
            {
                vec2 uv = v_texcoord * resolution.x / resolution.y + mouse;
                gl_FragColor = vec4(sin(time) * spectrum + v_normal, 1.0) + texture2D(texture0, uv)
                    + texture2D(texture1, uv) + texture2D(texture2, uv) + texture2D(texture3, uv)
                    + texture2D(prevFrame, uv) + texture2D(prevPass, uv);
            }
            """
        ], bound: ["image": kodelifeBound])

    static let kodelifeStages = DialectSource(
        dialect: .kodelife, name: "with a vertex stage",
        parts: [
            "vert": """
            #version 150
            uniform mat4 mvp;
            in vec4 a_position;
            in vec3 a_normal;
            in vec2 a_texcoord;
            out VertexData { vec4 v_position; vec3 v_normal; vec2 v_texcoord; } outData;
            void main(void)
            {
                outData.v_position = a_position;
                outData.v_normal = a_normal;
                outData.v_texcoord = a_texcoord;
                gl_Position = mvp * a_position;
            }
            """,
            "frag": """
            #version 150
            in VertexData { vec4 v_position; vec3 v_normal; vec2 v_texcoord; } inData;
            out vec4 fragColor;
            void main(void) { fragColor = vec4(inData.v_texcoord, inData.v_normal.z, inData.v_position.w); }
            """,
        ], bound: ["image": ["mvp"]])

    static let glslSandbox = DialectSource(
        dialect: .glslSandbox, name: "every name",
        parts: [
            "frag": """
            #ifdef GL_ES
            precision mediump float;
            #endif

            #extension GL_OES_standard_derivatives : enable

            uniform float time;
            uniform vec2 mouse;
            uniform vec2 resolution;
            uniform vec2 surfaceSize;
            uniform sampler2D backbuffer;
            varying vec2 surfacePosition;

            void main( void ) {
                vec2 place = gl_FragCoord.xy / resolution.xy + mouse / 4.0;
                float edge = fwidth(length(surfacePosition / surfaceSize));
                gl_FragColor = vec4(vec3(edge, sin(place + time)), 1.0);
                gl_FragColor += texture2D(backbuffer, place);
            }
            """
        ],
        bound: ["image": ["time", "mouse", "resolution", "surfaceSize", "backbuffer"]])

    static let glslSandboxES = DialectSource(
        dialect: .glslSandbox, name: "version 100",
        parts: [
            "frag": """
            #version 100
            precision highp float;
            uniform float time;
            uniform vec2 resolution;
            varying vec2 surfacePosition;
            void main() { gl_FragColor = vec4(surfacePosition, sin(time), resolution.x); }
            """
        ], bound: ["image": ["time", "resolution"]])
}
