/// The language's words, by The OpenGL Shading Language 4.60.8 and, for older sources, 1.10 to 1.30.
extension Words {
    /// Section 3.6: keywords, and words kept for later; without the types.
    static let keywords = """
        const uniform buffer shared attribute varying coherent volatile restrict readonly writeonly
        layout centroid flat smooth noperspective patch sample invariant precise
        break continue do for while switch case default if else subroutine in out inout
        true false discard return struct lowp mediump highp precision
        common partition active asm class union enum typedef template this resource goto inline
        noinline public static extern external interface long short half fixed unsigned superp
        input output hvec2 hvec3 hvec4 fvec2 fvec3 fvec4 filter sizeof cast namespace using
        sampler3DRect
        """

    /// Section 4.1: the types of the language.
    static let types = """
        void bool int uint float double atomic_uint
        vec2 vec3 vec4 ivec2 ivec3 ivec4 uvec2 uvec3 uvec4 bvec2 bvec3 bvec4 dvec2 dvec3 dvec4
        mat2 mat3 mat4 mat2x2 mat2x3 mat2x4 mat3x2 mat3x3 mat3x4 mat4x2 mat4x3 mat4x4
        dmat2 dmat3 dmat4 dmat2x2 dmat2x3 dmat2x4 dmat3x2 dmat3x3 dmat3x4 dmat4x2 dmat4x3 dmat4x4
        sampler1D sampler1DShadow sampler1DArray sampler1DArrayShadow
        isampler1D isampler1DArray usampler1D usampler1DArray
        sampler2D sampler2DShadow sampler2DArray sampler2DArrayShadow
        isampler2D isampler2DArray usampler2D usampler2DArray
        sampler2DRect sampler2DRectShadow isampler2DRect usampler2DRect
        sampler2DMS isampler2DMS usampler2DMS sampler2DMSArray isampler2DMSArray usampler2DMSArray
        sampler3D isampler3D usampler3D
        samplerCube samplerCubeShadow isamplerCube usamplerCube
        samplerCubeArray samplerCubeArrayShadow isamplerCubeArray usamplerCubeArray
        samplerBuffer isamplerBuffer usamplerBuffer
        image1D iimage1D uimage1D image1DArray iimage1DArray uimage1DArray
        image2D iimage2D uimage2D image2DArray iimage2DArray uimage2DArray
        image2DRect iimage2DRect uimage2DRect
        image2DMS iimage2DMS uimage2DMS image2DMSArray iimage2DMSArray uimage2DMSArray
        image3D iimage3D uimage3D imageCube iimageCube uimageCube
        imageCubeArray iimageCubeArray uimageCubeArray imageBuffer iimageBuffer uimageBuffer
        """

    /// Chapter 8, in its order; at the end what older versions had.
    static let functions = """
        radians degrees sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh
        pow exp log exp2 log2 sqrt inversesqrt
        abs sign floor trunc round roundEven ceil fract mod modf min max clamp mix step smoothstep
        isnan isinf floatBitsToInt floatBitsToUint intBitsToFloat uintBitsToFloat fma frexp ldexp
        packUnorm2x16 packSnorm2x16 packUnorm4x8 packSnorm4x8 unpackUnorm2x16 unpackSnorm2x16
        unpackUnorm4x8 unpackSnorm4x8 packHalf2x16 unpackHalf2x16 packDouble2x32 unpackDouble2x32
        length distance dot cross normalize ftransform faceforward reflect refract
        matrixCompMult outerProduct transpose determinant inverse
        lessThan lessThanEqual greaterThan greaterThanEqual equal notEqual any all not
        uaddCarry usubBorrow umulExtended imulExtended bitfieldExtract bitfieldInsert
        bitfieldReverse bitCount findLSB findMSB
        textureSize textureQueryLod textureQueryLevels textureSamples texture textureProj
        textureLod textureOffset texelFetch texelFetchOffset textureProjOffset textureLodOffset
        textureProjLod textureProjLodOffset textureGrad textureGradOffset textureProjGrad
        textureProjGradOffset textureGather textureGatherOffset textureGatherOffsets
        atomicCounterIncrement atomicCounterDecrement atomicCounter atomicCounterAdd
        atomicCounterSubtract atomicCounterMin atomicCounterMax atomicCounterAnd atomicCounterOr
        atomicCounterXor atomicCounterExchange atomicCounterCompSwap
        atomicAdd atomicMin atomicMax atomicAnd atomicOr atomicXor atomicExchange atomicCompSwap
        imageSize imageSamples imageLoad imageStore imageAtomicAdd imageAtomicMin imageAtomicMax
        imageAtomicAnd imageAtomicOr imageAtomicXor imageAtomicExchange imageAtomicCompSwap
        dFdx dFdy dFdxFine dFdyFine dFdxCoarse dFdyCoarse fwidth fwidthFine fwidthCoarse
        interpolateAtCentroid interpolateAtSample interpolateAtOffset
        noise1 noise2 noise3 noise4
        EmitStreamVertex EndStreamPrimitive EmitVertex EndPrimitive
        barrier memoryBarrier memoryBarrierAtomicCounter memoryBarrierBuffer memoryBarrierShared
        memoryBarrierImage groupMemoryBarrier anyInvocation allInvocations allInvocationsEqual
        texture1D texture1DProj texture1DLod texture1DProjLod
        texture2D texture2DProj texture2DLod texture2DProjLod texture2DRect texture2DRectProj
        texture3D texture3DProj texture3DLod texture3DProjLod textureCube textureCubeLod
        shadow1D shadow2D shadow1DProj shadow2DProj shadow1DLod shadow2DLod
        shadow1DProjLod shadow2DProjLod
        """

    /// Chapter 7: variables and constants; and the preprocessor's own.
    static let variables = """
        gl_VertexID gl_InstanceID gl_DrawID gl_BaseVertex gl_BaseInstance gl_VertexIndex
        gl_InstanceIndex gl_PerVertex gl_Position gl_PointSize gl_ClipDistance gl_CullDistance
        gl_in gl_out gl_PrimitiveIDIn gl_InvocationID gl_PrimitiveID gl_Layer gl_ViewportIndex
        gl_PatchVerticesIn gl_TessLevelOuter gl_TessLevelInner gl_TessCoord
        gl_FragCoord gl_FrontFacing gl_PointCoord gl_SampleID gl_SamplePosition gl_SampleMaskIn
        gl_SampleMask gl_HelperInvocation gl_FragDepth gl_FragColor gl_FragData
        gl_NumWorkGroups gl_WorkGroupSize gl_WorkGroupID gl_LocalInvocationID
        gl_GlobalInvocationID gl_LocalInvocationIndex
        gl_NumSamples gl_DepthRange gl_DepthRangeParameters
        gl_MaxVertexAttribs gl_MaxVertexUniformVectors gl_MaxVertexUniformComponents
        gl_MaxVertexOutputComponents gl_MaxVaryingComponents gl_MaxVaryingVectors
        gl_MaxVertexTextureImageUnits gl_MaxVertexImageUniforms gl_MaxVertexAtomicCounters
        gl_MaxVertexAtomicCounterBuffers gl_MaxTessPatchComponents gl_MaxPatchVertices
        gl_MaxTessGenLevel gl_MaxTessControlInputComponents gl_MaxTessControlOutputComponents
        gl_MaxTessControlTextureImageUnits gl_MaxTessControlUniformComponents
        gl_MaxTessControlTotalOutputComponents gl_MaxTessControlImageUniforms
        gl_MaxTessControlAtomicCounters gl_MaxTessControlAtomicCounterBuffers
        gl_MaxTessEvaluationInputComponents gl_MaxTessEvaluationOutputComponents
        gl_MaxTessEvaluationTextureImageUnits gl_MaxTessEvaluationUniformComponents
        gl_MaxTessEvaluationImageUniforms gl_MaxTessEvaluationAtomicCounters
        gl_MaxTessEvaluationAtomicCounterBuffers gl_MaxGeometryInputComponents
        gl_MaxGeometryOutputComponents gl_MaxGeometryImageUniforms
        gl_MaxGeometryTextureImageUnits gl_MaxGeometryOutputVertices
        gl_MaxGeometryTotalOutputComponents gl_MaxGeometryUniformComponents
        gl_MaxGeometryVaryingComponents gl_MaxGeometryAtomicCounters
        gl_MaxGeometryAtomicCounterBuffers gl_MaxFragmentImageUniforms
        gl_MaxFragmentInputComponents gl_MaxFragmentUniformVectors
        gl_MaxFragmentUniformComponents gl_MaxFragmentAtomicCounters
        gl_MaxFragmentAtomicCounterBuffers gl_MaxDrawBuffers gl_MaxTextureImageUnits
        gl_MinProgramTexelOffset gl_MaxProgramTexelOffset gl_MaxImageUnits gl_MaxSamples
        gl_MaxImageSamples gl_MaxClipDistances gl_MaxCullDistances gl_MaxViewports
        gl_MaxComputeImageUniforms gl_MaxComputeWorkGroupCount gl_MaxComputeWorkGroupSize
        gl_MaxComputeUniformComponents gl_MaxComputeTextureImageUnits
        gl_MaxComputeAtomicCounters gl_MaxComputeAtomicCounterBuffers
        gl_MaxCombinedTextureImageUnits gl_MaxCombinedImageUniforms
        gl_MaxCombinedImageUnitsAndFragmentOutputs gl_MaxCombinedShaderOutputResources
        gl_MaxCombinedAtomicCounters gl_MaxCombinedAtomicCounterBuffers
        gl_MaxCombinedClipAndCullDistances gl_MaxAtomicCounterBindings
        gl_MaxAtomicCounterBufferSize gl_MaxTransformFeedbackBuffers
        gl_MaxTransformFeedbackInterleavedComponents gl_MaxInputAttachments
        __LINE__ __FILE__ __VERSION__ GL_ES GL_core_profile GL_compatibility_profile
        """
}
