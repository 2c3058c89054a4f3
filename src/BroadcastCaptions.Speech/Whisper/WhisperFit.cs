using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Do a model's graphs and its settings belong together?</summary>
internal static class WhisperFit
{
    /// <summary>Looks at what the files declare, without loading them: when they come, not only when they are to run.</summary>
    /// <exception cref="CaptionsException">A graph is damaged, or of another model.</exception>
    public static void Check(WhisperFiles files, WhisperConfig config)
    {
        var encoder = GraphSignature.Read(files.Encoder);
        Encoder(files.Encoder, config, encoder.InputSize("input_features", 1), encoder.OutputSize("last_hidden_state", ^1));
        if (files.IsQuantized) return; // made of what was checked
        var path = files.DecoderWithPast ?? files.Decoder;
        var decoder = GraphSignature.Read(path);
        var layers = 0;
        while (decoder.InputSize($"past_key_values.{layers}.decoder.key", 1) is not null) layers++;
        if (layers == 0) throw new CaptionsException($"{path} is not a speech model's decoder.", "Copy the file again from where the model came from.");
        var heads = decoder.InputSize("past_key_values.0.decoder.key", 1) * decoder.InputSize("past_key_values.0.decoder.key", 3);
        Decoder(path, config, layers, heads ?? 0, decoder.OutputSize("logits", ^1) ?? 0);
    }

    /// <summary>Is this the encoder that the settings mean?</summary>
    /// <param name="path">Its file.</param>
    /// <param name="config">The settings.</param>
    /// <param name="mels">Bands that it hears; null where it hears none, below 1 where it does not say.</param>
    /// <param name="width">Width of its states; the same.</param>
    /// <exception cref="CaptionsException">It is not.</exception>
    public static void Encoder(string path, WhisperConfig config, int? mels, int? width)
    {
        if (mels is null || width is null) throw Foreign(path, "it is no Whisper encoder");
        if (mels > 0 && mels != config.Mels) throw Foreign(path, $"it hears {mels} mel bands, and config.json says {config.Mels}");
        if (width > 0 && width != config.Width) throw Foreign(path, $"it is {width} wide, and config.json says {config.Width}");
    }

    /// <summary>Is this the decoder that the settings mean?</summary>
    /// <param name="path">Its file.</param>
    /// <param name="config">The settings.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="width">Its width; below 1 where it does not say.</param>
    /// <param name="vocabulary">Tokens that it knows; the same.</param>
    /// <exception cref="CaptionsException">It is not.</exception>
    public static void Decoder(string path, WhisperConfig config, int layers, int width, int vocabulary)
    {
        if (layers != config.DecoderLayers) throw Foreign(path, $"it has {layers} layers, and config.json says {config.DecoderLayers}");
        if (width > 0 && width != config.Width) throw Foreign(path, $"it is {width} wide, and config.json says {config.Width}");
        if (vocabulary > 0 && vocabulary != config.Vocabulary) throw Foreign(path, $"it knows {vocabulary} tokens, and config.json says {config.Vocabulary}");
    }

    /// <summary>What a file of another model is reported as.</summary>
    public static CaptionsException Foreign(string path, string why) => new(
        $"{path} does not belong to this model: {why}.", "Keep the files of one model in one folder; run 'captions models pull' to fetch them anew.");
}
