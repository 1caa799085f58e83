/// What sources for ISF's hosts count on, besides the specification.
extension ConformanceSources {
    static let hosted = #"""
        /* A licence. */
        /*{ "INPUTS": [{"NAME":"mix","TYPE":"float"},{"NAME":"place","TYPE":"point2D","DEFAULT":[0.5,0.5]},
        {"NAME":"title","TYPE":"text"},{"NAME":"count","TYPE":"int"},{"NAME":"at","TYPE":"point3D"},
        {"NAME":"inputImage","TYPE":"image"},{"NAME":"room","TYPE":"cube"}], "AUTHOR": "somebody" }*/
        uniform float time; uniform vec2 resolution, mouse; uniform sampler2D backbuffer; uniform float much;
        varying vec2 p; varying vec4 q;
        vec4 pixel(sampler2D s, vec2 place) { return IMG_PIXEL(s, place) + IMG_PIXEL(s, place, 0.5); }
        vec4 other(float mix) { return vec4(mix * IMG_SIZE(inputImage) / _inputImage_imgRect.zw, 0.0, 1.0); }
        void main() {
            isf_FragColor = mix(pixel(inputImage, gl_FragCoord.xy), texture2DRect(inputImage, p), mix);
            isf_FragColor += other(0.5) + vec4(place / RENDERSIZE, at.xy) + textureCube(room, at) * float(count);
            isf_FragColor += VVSAMPLER_2DBYNORM(inputImage, _inputImage_imgRect, _inputImage_imgSize, _inputImage_flip, p, 0.0);
            isf_FragColor += q + texture2D(backbuffer, mouse / resolution) * sin(time) * much;
        }
        """#

    static let hostedVertex = #"""
        attribute vec2 isf_position; attribute vec4 position; attribute vec2 uv;
        varying vec2 p; varying vec4 q;
        void main() {
            vv_vertShaderInit();
            p = gl_MultiTexCoord0.xy + isf_position * mix + uv - place / RENDERSIZE;
            q = gl_ModelViewProjectionMatrix * gl_Vertex + position;
            gl_Position = ftransform();
        }
        """#
}
