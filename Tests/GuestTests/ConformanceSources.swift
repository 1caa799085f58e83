import GLSL

/// Sources that have every name of a dialect at least once.
enum ConformanceSources {
    struct Sketch: Sendable {
        var name: String
        var fragment: String
        var vertex: String?

        func assembled() throws -> AssembledProgram {
            var stages = [Stage.fragment: StageText(text: fragment, file: "a.frag")]
            if let vertex { stages[.vertex] = StageText(text: vertex, file: "a.vert") }
            return try Assembler.assemble(SketchSource(stages: stages, name: name)).get()
        }
    }

    static let all: [Sketch] = [
        Sketch(name: "an ISF with all names", fragment: isf, vertex: isfVertex),
        Sketch(name: "an ISF without its vertex stage", fragment: isf),
        Sketch(name: "an ISF of the first version", fragment: firstISF, vertex: firstISFVertex),
        Sketch(name: "a transition", fragment: transition),
        Sketch(name: "an ISF that draws twice into one target", fragment: twice),
        Sketch(name: "an ISF as hosts take it", fragment: hosted, vertex: hostedVertex),
        Sketch(name: "glslViewer with all names", fragment: viewer),
        Sketch(name: "a scene of glslViewer", fragment: scene),
        Sketch(name: "a scene with a vertex stage", fragment: scene, vertex: sceneVertex),
        Sketch(name: "glslViewer in ES 3.00", fragment: viewerES),
        Sketch(name: "glslViewer in 3.30", fragment: viewer330),
        Sketch(name: "glslViewer in the oldest words", fragment: oldest),
        Sketch(
            name: "each function of old", fragment: "#version 330\n" + oldFunctions,
            vertex: oldVertex),
        Sketch(
            name: "each function of old, in glslViewer",
            fragment: "uniform vec2 u_resolution;\n" + oldFunctions),
        Sketch(
            name: "each function of old, in an ISF",
            fragment: "/*{ \"INPUTS\": [] }*/\n" + oldFunctions),
    ]

    private static let oldFunctions = """
        uniform sampler1D a; uniform sampler2D b; uniform sampler3D c; uniform samplerCube d;
        uniform sampler1DArray e; uniform sampler2DArray f; uniform sampler2DRect r;
        uniform sampler1DShadow g; uniform sampler2DShadow h;
        void main() {
            vec4 p = vec4(gl_FragCoord.xy, 1.0, 1.0);
            vec4 all = texture1D(a, p.x) + texture1D(a, p.x, 1.0) + texture1DLod(a, p.x, 0.0) + texture1DProj(a, p.xy)
                + texture1DProj(a, p, 1.0) + texture1DProjLod(a, p.xy, 0.0) + texture1DProjLod(a, p, 0.0);
            all += texture2D(b, p.xy) + texture2D(b, p.xy, 1.0) + texture2DLod(b, p.xy, 0.0) + texture2DLodEXT(b, p.xy, 0.0)
                + texture2DProj(b, p.xyz) + texture2DProj(b, p, 1.0) + texture2DProjLod(b, p.xyz, 0.0)
                + texture2DProjLodEXT(b, p, 0.0) + texture2DGradEXT(b, p.xy, p.xy, p.xy) + texture2DGradARB(b, p.xy, p.xy, p.xy)
                + texture2DGrad(b, p.xy, p.xy, p.xy) + texture2DLodARB(b, p.xy, 0.0);
            all += texture3D(c, p.xyz) + texture3D(c, p.xyz, 1.0) + texture3DLod(c, p.xyz, 0.0) + texture3DProj(c, p)
                + texture3DProjLod(c, p, 0.0) + texture3DGradARB(c, p.xyz, p.xyz, p.xyz);
            all += textureCube(d, p.xyz) + textureCube(d, p.xyz, 1.0) + textureCubeLod(d, p.xyz, 0.0)
                + textureCubeLodEXT(d, p.xyz, 0.0) + textureCubeGradEXT(d, p.xyz, p.xyz, p.xyz) + textureCubeLodARB(d, p.xyz, 0.0);
            all += texture1DArray(e, p.xy) + texture1DArrayLod(e, p.xy, 0.0) + texture2DArray(f, p.xyz, 1.0)
                + texture2DArrayLod(f, p.xyz, 0.0) + texture2DArrayGrad(f, p.xyz, p.xy, p.xy);
            all += texture2DRect(r, p.xy) + texture2DRect(b, p.xy) + texture2DRectProj(r, p.xyz) + texture2DRectProj(r, p);
            all += shadow1D(g, p.xyz) + shadow2D(h, p.xyz) + shadow2DEXT(h, p.xyz) + shadow1DProj(g, p) + shadow2DProj(h, p)
                + shadow2DProjEXT(h, p) + shadow1DLod(g, p.xyz, 0.0) + shadow2DLod(h, p.xyz, 0.0);
            all += texelFetch1D(a, 0, 0) + texelFetch2D(b, ivec2(0), 0) + texelFetch3D(c, ivec3(0), 0)
                + texelFetch2DArray(f, ivec3(0), 0) + textureExternal(b, p.xy);
            all.x += float(textureSize1D(a, 0)) + float(textureSize2D(b, 0).x + textureSize3D(c, 0).y + textureSize2DArray(f, 0).z);
            gl_FragColor = all * 0.001;
        }
        """

    private static let oldVertex = """
        #version 330
        uniform sampler2D b;
        void main() {
            gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0, 1)
                + 0.0 * (texture2D(b, vec2(0)) + texture2DLod(b, vec2(0), 0.0) + texelFetch2D(b, ivec2(0), 0));
        }
        """

    private static let isf = #"""
        /*{
          "ISFVSN": "2",
          "DESCRIPTION": "every name", "CREDIT": "x", "CATEGORIES": ["test"],
          "INPUTS": [
            {"NAME": "inputImage", "TYPE": "image"},
            {"NAME": "mask", "TYPE": "image"},
            {"NAME": "hit", "TYPE": "event"},
            {"NAME": "on", "TYPE": "bool", "DEFAULT": 1.0},
            {"NAME": "mode", "TYPE": "long", "VALUES": [0, 2, 5], "LABELS": ["a", "b", "c"], "DEFAULT": 2},
            {"NAME": "level", "TYPE": "float", "MIN": -1, "MAX": 3, "DEFAULT": 0.5, "LABEL": "Level", "IDENTITY": 0},
            {"NAME": "place", "TYPE": "point2D", "DEFAULT": [0.5, 0.5], "MIN": [0,0], "MAX": [1,1]},
            {"NAME": "tint", "TYPE": "color", "DEFAULT": [1, 0.5, 0, 1]},
            {"NAME": "wave", "TYPE": "audio", "MAX": 64},
            {"NAME": "tones", "TYPE": "audioFFT"},
            {"NAME": "smooth", "TYPE": "float"}
          ],
          "PASSES": [
            {"TARGET": "small", "WIDTH": "floor($WIDTH/4.0)", "HEIGHT": "max($HEIGHT*0.25, $level)", "DESCRIPTION": "s"},
            {"TARGET": "memory", "PERSISTENT": true, "FLOAT": true},
            {}
          ],
          "IMPORTED": {"grain": {"PATH": "grain.png"}}
        }*/
        #ifdef GL_ES
        precision mediump float;
        #endif
        varying vec2 left;
        varying vec2 many[3];
        #define HERE(p) IMG_NORM_PIXEL(inputImage, p)
        vec4 both(sampler2D s, vec2 p) { return IMG_PIXEL(s, p) + IMG_NORM_PIXEL(s, p, 1.0); }
        void main() {
            vec4 c = IMG_THIS_PIXEL(inputImage) + IMG_THIS_NORM_PIXEL(mask) + IMG_NORM_THIS_PIXEL(small);
            c += IMG_PIXEL(memory, gl_FragCoord.xy) + IMG_PIXEL(inputImage, place * RENDERSIZE) + IMG_PIXEL(grain, vec2(1.0), 0.5);
            c += HERE(isf_FragNormCoord) + HERE(vv_FragNormCoord) + texture2D(inputImage, left) + texture2D(mask, many[2], 0.0);
            c.xy += IMG_SIZE(inputImage) + IMG_SIZE(grain) + _inputImage_imgSize + _grain_imgRect.zw;
            if (_mask_flip || hit || on) c += both(tones, vec2(level)) + both(wave, vec2(smooth));
            c += vec4(TIME, TIMEDELTA, float(FRAMEINDEX), DATE.w) + tint * float(mode);
            vec4 sample = texture2DRect(inputImage, gl_FragCoord.xy);
            if (PASSINDEX == 0) c = sample;
            gl_FragColor = c;
        }
        """#

    private static let isfVertex = #"""
        #if __VERSION__ <= 120
        varying vec2 left;
        varying vec2 many[3];
        #else
        out vec2 left;
        out vec2 many[3];
        #endif
        void main() {
            isf_vertShaderInit();
            vec2 d = 1.0 / RENDERSIZE;
            left = clamp(isf_FragNormCoord - vec2(d.x, 0.0), 0.0, 1.0);
            for (int i = 0; i < 3; i++) many[i] = isf_FragNormCoord + float(i) * level * d;
            if (gl_Position.x < 0.0) gl_Position.x -= 0.0;
        }
        """#

    private static let firstISF = #"""
        /*
        {
            "CREDIT": "v1",
            "INPUTS": [ {"NAME": "inputImage", "TYPE": "image"}, {"NAME": "count", "TYPE": "float", "MIN": 2.0, "MAX": 512.0, "DEFAULT": 32.0}, ],
            "PERSISTENT_BUFFERS": { "particles": { "WIDTH": "$count", "HEIGHT": "1.0", "FLOAT": 1 } },
            "IMPORTED": [ {"NAME": "sky", "TYPE": "cube", "PATH": ["a","b","c","d","e","f"]} ],
            "PASSES": [ {"TARGET": "particles"}, { } ]
        }
        */
        void main() {
          if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(particles) + 0.1;
          else gl_FragColor = IMG_PIXEL(particles, vec2(1.5, 0.5)) + IMG_THIS_PIXEL(inputImage) + textureCube(sky, vec3(vv_FragNormCoord, 1.0));
        }
        """#

    private static let firstISFVertex = #"""
        void main() { vv_vertShaderInit(); }
        """#

    private static let transition = #"""
        /*{ "INPUTS": [{"NAME":"startImage","TYPE":"image"},{"NAME":"endImage","TYPE":"image"},{"NAME":"progress","TYPE":"float","MIN":0,"MAX":1,"DEFAULT":0}],
        "PASSES": [{"TARGET":"last","PERSISTENT":true,"FLOAT":true}], "ISFVSN":"2", "FOO": 1 }*/
        void main() { gl_FragColor = mix(IMG_NORM_PIXEL(last, isf_FragNormCoord), mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), progress), 0.1); }
        """#

    private static let twice = #"""
        /*{ "PASSES": [{"TARGET":"a"},{"TARGET":"b","WIDTH":64,"HEIGHT":"64"},{"TARGET":"a"},{"TARGET":"a","PERSISTENT":true}], "ISFVSN":"2" }*/
        in vec2 missing; in vec2 list[4];
        void main() { gl_FragColor = IMG_THIS_PIXEL(a) + IMG_THIS_NORM_PIXEL(b) + vec4(missing, list[1]); }
        """#

    private static let viewer = #"""
        #ifdef GL_ES
        precision mediump float;
        #endif
        uniform float u_time; uniform float u_delta; uniform int u_frame; uniform vec4 u_date;
        uniform vec2 u_resolution; uniform vec2 u_mouse;
        uniform sampler2D u_tex0; uniform vec2 u_tex0Resolution; uniform sampler2D u_wall; uniform vec2 u_wallResolution;
        uniform sampler2D u_buffer0; // 0.5
        uniform sampler2D u_buffer1; // 128x64
        uniform sampler2D u_doubleBuffer0;
        uniform sampler2D u_pyramid0;
        uniform sampler2D u_scene; uniform sampler2D u_sceneDepth;
        uniform sampler2D u_pyramidTex0, u_pyramidTex1; uniform bool u_pyramidUpscaling; uniform int u_pyramidDepth; uniform int u_pyramidTotalDepth; uniform vec2 u_pixel;
        uniform mat4 u_modelViewProjectionMatrix, u_modelMatrix, u_viewMatrix, u_projectionMatrix, u_inverseViewMatrix, u_inverseProjectionMatrix, u_lightMatrix;
        uniform mat3 u_normalMatrix; uniform mat3 u_view2d;
        uniform vec3 u_camera; uniform float u_cameraDistance, u_cameraNearClip, u_cameraFarClip, u_cameraEv100, u_cameraExposure, u_cameraAperture, u_cameraShutterSpeed, u_cameraSensitivity; uniform bool u_cameraChange;
        uniform vec3 u_light, u_lightColor, u_lightDirection; uniform float u_lightIntensity, u_lightFalloff, u_iblLuminance;
        uniform float u_amount; uniform vec3 u_tint; uniform float u_wallTime;
        uniform samplerCube u_cubeMap; uniform vec3 u_SH[9];
        varying vec2 v_texcoord; varying vec4 v_position; varying vec4 v_color;
        #ifdef MODEL_VERTEX_NORMAL
        varying vec3 v_normal;
        #endif
        #ifndef GLSLVIEWER
        #error no
        #endif
        #if !defined(PLATFORM_LINUX)
        #error no
        #endif
        void main() {
            vec2 st = gl_FragCoord.xy / u_resolution.xy;
            vec4 color = vec4(st, abs(sin(u_time)), 1.0);
        #if defined(BUFFER_0)
            color = texture2D(u_tex0, st * u_tex0Resolution / u_tex0Resolution);
        #elif defined( BUFFER_1 )
            color = texture2D(u_buffer0, st) + texture2D(u_buffer1, st);
        #elif defined(DOUBLE_BUFFER_0)
            color = texture2D(u_doubleBuffer0, st) * 0.9 + float(u_frame) * u_delta * u_date.w;
        #elif defined(PYRAMID_0)
            color = texture2D(u_wall, st) * step(0.5, st.x);
        #elif defined(PYRAMID_ALGORITHM)
            if (u_pyramidUpscaling) color = texture2D(u_pyramidTex1, st + u_pixel) + float(u_pyramidDepth) / float(u_pyramidTotalDepth);
            else color = texture2D(u_pyramidTex0, st);
        #elif defined(POSTPROCESSING)
            color = texture2D(u_scene, st) * texture2D(u_sceneDepth, st);
        #else
            color += texture2D(u_buffer1, st) + texture2D(u_doubleBuffer0, st) + texture2D(u_pyramid0, v_texcoord);
            vec4 p = u_modelViewProjectionMatrix * u_modelMatrix * u_viewMatrix * u_projectionMatrix * u_inverseViewMatrix * u_inverseProjectionMatrix * u_lightMatrix * v_position;
            color += p + v_color; color.xyz += u_normalMatrix * u_view2d * u_camera * (u_light + u_lightColor + u_lightDirection);
            color.r += u_cameraDistance + u_cameraNearClip + u_cameraFarClip + u_cameraEv100 + u_cameraExposure + u_cameraAperture + u_cameraShutterSpeed + u_cameraSensitivity + u_lightIntensity + u_lightFalloff + u_iblLuminance + u_amount + u_wallTime;
            color.rgb += u_tint + u_SH[0] + textureCube(u_cubeMap, u_tint).rgb; if (u_cameraChange) color = vec4(u_mouse, u_wallResolution);
            #ifdef MODEL_VERTEX_NORMAL
            color.rgb *= v_normal;
            #endif
        #endif
            gl_FragColor = color;
        }
        """#

    private static let scene = #"""
        #version 120
        uniform sampler2D u_scene, u_sceneDepth, u_sceneNormal, u_scenePosition;
        uniform vec3 u_light; uniform vec2 u_resolution;
        varying vec4 v_position; varying vec3 v_normal; varying vec2 v_texcoord;
        void main() {
          vec2 st = gl_FragCoord.xy / u_resolution;
        #ifdef BACKGROUND
          gl_FragColor = vec4(st, 0., 1.);
        #elif defined(POSTPROCESSING)
          gl_FragColor = texture2D(u_scene, st) + texture2D(u_sceneDepth, st) + texture2D(u_sceneNormal, st) + texture2D(u_scenePosition, st);
        #else
          gl_FragColor = vec4(dot(normalize(v_normal), normalize(u_light)) + v_texcoord.x);
        #endif
        }
        """#

    private static let sceneVertex = #"""
        #version 120
        uniform mat4 u_modelViewProjectionMatrix;
        attribute vec4 a_position; attribute vec3 a_normal; attribute vec2 a_texcoord; attribute vec4 a_color;
        varying vec4 v_position; varying vec3 v_normal; varying vec2 v_texcoord; varying vec4 v_color;
        void main() { v_position = a_position; v_normal = a_normal; v_texcoord = a_texcoord; v_color = a_color; gl_Position = u_modelViewProjectionMatrix * v_position; }
        """#

    private static let viewerES = #"""
        #version 300 es
        #extension GL_OES_standard_derivatives : enable
        precision highp float;
        uniform float u_time; uniform vec2 u_resolution; uniform sampler2D u_convolutionPyramid0;
        in vec2 v_texcoord;
        out vec4 fragColor;
        void main() {
        #if defined(CONVOLUTION_PYRAMID_0)
          fragColor = vec4(v_texcoord, 0, 1);
        #else
          fragColor = texture(u_convolutionPyramid0, v_texcoord) + fwidth(v_texcoord.x);
        #endif
        }
        """#

    private static let viewer330 = #"""
        #version 330
        uniform sampler2D u_buffer0; uniform vec2 u_resolution; uniform float u_speed = 2.5; uniform vec3 u_c = vec3(1., .5, 0.);
        out vec4 fragColor;
        void main() { vec2 st = gl_FragCoord.xy / u_resolution;
        #if defined(BUFFER_0)
         fragColor = vec4(st, u_speed, 1);
        #else
         fragColor = texture(u_buffer0, st) + vec4(u_c, 1);
        #endif
        }
        """#

    private static let oldest = #"""
        #ifdef GL_ES
        precision mediump float;
        #endif
        uniform vec2 u_resolution; uniform sampler2D texture; varying vec2 uv;
        float sample(float buffer, float patch) { return buffer + patch; }
        void main() { float filter = sample(1., 2.); gl_FragData[0] = texture2D(texture, uv) * filter + texture2DLodEXT(texture, uv, 1.0); }
        """#
}
