using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Whisper;

public sealed class WhisperBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("config.json")]
    [InlineData("encoder_model.onnx")]
    [InlineData("decoder_model_merged.onnx")]
    public void A_missing_and_an_empty_file_are_told(string file)
    {
        new TinyWhisper(_folder["model"]).Write();
        File.WriteAllText(_folder[$"model/{file}"], "");
        AssertTold("is empty", file);
        File.Delete(_folder[$"model/{file}"]);
        AssertTold("has no", file);
    }

    [Theory]
    [InlineData("\"decoder_layers\":2", "\"decoder_layers\":3", "2 layers")]
    [InlineData("\"num_mel_bins\":80", "\"num_mel_bins\":128", "80 mel bands")]
    [InlineData("\"d_model\":32", "\"d_model\":64", "32 wide")]
    [InlineData("\"vocab_size\":319", "\"vocab_size\":400", "319 tokens")]
    [InlineData("\"vocab_size\":319", "\"vocab\":1", "vocab_size")]
    [InlineData("\"model_type\":\"whisper\"", "\"model_type\":\"bart\"", "bart")]
    [InlineData("{", "[", "valid JSON")]
    public void Settings_of_another_model_are_told(string text, string other, string told)
    {
        Assert.Equal(319, TinyWhisper.VocabularyOf(isMultilingual: true));
        new TinyWhisper(_folder["model"]).Write();
        var config = _folder["model/config.json"];
        Assert.Contains(text, File.ReadAllText(config), StringComparison.Ordinal);
        File.WriteAllText(config, File.ReadAllText(config).Replace(text, other, StringComparison.Ordinal));
        AssertTold(told);
    }

    [Fact]
    public void A_decoder_of_another_model_is_told()
    {
        new TinyWhisper(_folder["model"]).Write();
        new TinyWhisper(_folder["other"], decoderLayers: 1).Write();
        File.Copy(_folder["other/decoder_model_merged.onnx"], _folder["model/decoder_model_merged.onnx"], overwrite: true);
        AssertTold("does not belong to this model", "1 layers");
        File.Copy(_folder["model/encoder_model.onnx"], _folder["model/decoder_model_merged.onnx"], overwrite: true);
        AssertTold("is not a speech model's decoder");
    }

    [Fact]
    public void A_damaged_vocabulary_is_told()
    {
        new TinyWhisper(_folder["model"]).Write();
        File.WriteAllText(_folder["model/tokenizer.json"], """{"model": {"vocab": {"a": 1}, "merges": ["a"]}}""");
        AssertTold("tokenizer.json");
    }

    private void AssertTold(params string[] parts)
    {
        var told = Assert.Throws<CaptionsException>(() => new WhisperEngine(WhisperFiles.In(_folder["model"]), threads: 1));
        Assert.All(parts, part => Assert.Contains(part, told.Message, StringComparison.Ordinal));
        Assert.NotEmpty(told.Remedy);
    }
}
