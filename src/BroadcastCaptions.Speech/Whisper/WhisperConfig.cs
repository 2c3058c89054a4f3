using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A Whisper model's sizes and rules, all from its own files: one code serves tiny and large-v3-turbo, and the distilled ones.</summary>
internal sealed record WhisperConfig
{
    /// <summary>Mel bands: 80, and 128 from large-v3 on.</summary>
    public required int Mels { get; init; }

    /// <summary>Width of the model.</summary>
    public required int Width { get; init; }

    /// <summary>Positions of the encoder's output, two frames each: 1500 for 30 s.</summary>
    public required int Positions { get; init; }

    /// <summary>Most tokens the decoder takes, its prompt included: 448.</summary>
    public required int MaximumTokens { get; init; }

    /// <summary>Layers of the decoder; fewer than the encoder's in the distilled models.</summary>
    public required int DecoderLayers { get; init; }

    /// <summary>Heads of the decoder's attention.</summary>
    public required int DecoderHeads { get; init; }

    /// <summary>Rows of scores are this wide.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Does it know other languages than English, and translate?</summary>
    public required bool IsMultilingual { get; init; }

    /// <summary>Tokens that are never said: what is no speech, and marks.</summary>
    public required IReadOnlyList<int> Suppressed { get; init; }

    /// <summary>Tokens that do not begin a text: a lone space, the end.</summary>
    public required IReadOnlyList<int> SuppressedAtBegin { get; init; }

    /// <summary>The first time mark is at most this many steps after the window's start.</summary>
    public required int MaximumInitialTimestamp { get; init; }

    /// <summary>Layer and head of the attention that follows the sound: for word times. Empty where the model does not say.</summary>
    public required IReadOnlyList<(int Layer, int Head)> AlignmentHeads { get; init; }

    /// <summary>Reads a model's settings.</summary>
    /// <exception cref="CaptionsException">A file is damaged, or another architecture's.</exception>
    public static WhisperConfig Read(WhisperFiles files)
    {
        var config = ConfigFile.Read(files.Config);
        if (config.Text("model_type") is { } type && type != "whisper")
            throw ConfigFile.Broken(files.Config, $"is of a \"{type}\" model, not of a Whisper");
        var generation = files.GenerationConfig is { } path ? ConfigFile.Read(path) : config;
        var preprocessor = files.PreprocessorConfig is { } features ? ConfigFile.Read(features) : null;
        var mels = config.Needed("num_mel_bins", 1);
        if (preprocessor?.Integer("feature_size") is { } size && size != mels)
            throw ConfigFile.Broken(files.PreprocessorConfig!, $"is of another model: it makes {size} mel bands, and config.json asks for {mels}");
        var vocabulary = config.Needed("vocab_size", 1);
        return new()
        {
            Mels = mels,
            Width = config.Needed("d_model", 1),
            Positions = config.Needed("max_source_positions", 1),
            MaximumTokens = config.Needed("max_target_positions", 8),
            DecoderLayers = config.Needed("decoder_layers", 1),
            DecoderHeads = config.Needed("decoder_attention_heads", 1),
            Vocabulary = vocabulary,
            // Where nothing says so: the English vocabulary is one token smaller.
            IsMultilingual = generation.Flag("is_multilingual") ?? vocabulary != 51864,
            Suppressed = generation.Integers("suppress_tokens") ?? config.Integers("suppress_tokens") ?? [],
            SuppressedAtBegin = generation.Integers("begin_suppress_tokens") ?? config.Integers("begin_suppress_tokens") ?? [],
            MaximumInitialTimestamp = generation.Integer("max_initial_timestamp_index") ?? 50, // 1 s, as the reference has it
            AlignmentHeads = generation.Pairs("alignment_heads"),
        };
    }

    /// <summary>Frames of a whole window: 3000 for 30 s.</summary>
    public int WindowFrames => 2 * Positions;
}
