using BroadcastCaptions.Options;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class BundledCatalogueTests
{
    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Bundled;

    private static IEnumerable<ModelFile> Files => Catalogue.Models.SelectMany(model => model.Files);

    private static IEnumerable<ModelFile> Pinned => Catalogue.Models.Where(model => model.Family != "whisper").SelectMany(model => model.Files);

    [Fact]
    public void The_default_model_and_the_detector_are_in_it()
    {
        Assert.True(new ModelOptions().IsAuto);
        Assert.Equal(ModelTask.Recognition, Catalogue.Find("moonshine-tiny").Task);
        Assert.Equal(ModelTask.VoiceActivity, Catalogue.Find("silero-vad-v6").Task);
        Assert.Equal(["en"], Catalogue.Find("Moonshine-Base").Languages);
    }

    [Fact]
    public void A_recognition_model_needs_the_detector_and_the_detector_nothing_else()
    {
        Assert.Equal(["moonshine-base", "silero-vad-v6"], Catalogue.Needed("moonshine-base").Select(model => model.Name));
        Assert.Equal(["silero-vad-v6"], Catalogue.Needed("silero-vad-v6").Select(model => model.Name));
    }

    [Fact]
    public void Every_file_of_the_models_that_auto_may_choose_is_pinned_and_to_be_had_from_the_web_first_and_from_a_pinned_package_then()
    {
        Assert.All(Pinned, file =>
        {
            Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
            Assert.True(file.Size > 0);
            Assert.Equal("https", file.Sources[0].Url?.Scheme);
            Assert.Matches(@"^sha512-[A-Za-z0-9+/]{86}==$", Catalogue.Package(file.Sources[^1].Package!).Integrity);
            Assert.False(string.IsNullOrEmpty(file.Sources[^1].Path));
        });
    }

    [Fact]
    public void Web_homes_are_pinned_to_a_version_that_does_not_move() =>
        Assert.All(Pinned, file => Assert.Matches(@"/([0-9a-f]{40}|v[0-9.]+)/", file.Sources[0].Url!.AbsolutePath));

    /// <summary>As the models' pages say, of which the weights come.</summary>
    [Theory]
    [InlineData("whisper-tiny.en", "Apache-2.0")]
    [InlineData("whisper-large-v3", "Apache-2.0")]
    [InlineData("whisper-large-v3-turbo", "MIT")]
    [InlineData("distil-large-v3", "MIT")]
    public void Licences_are_those_of_the_weights_pages(string name, string licence) => Assert.Equal(licence, Catalogue.Find(name).Licence);

    [Fact]
    public void It_obeys_its_own_schema() =>
        Assert.Equal(Catalogue.Models.Count, CatalogueFile.Read(Path.Combine(Places.Repository, "src", "BroadcastCaptions.Speech", "Catalogue", "catalogue.json")).Models.Count);

    [Theory]
    [InlineData("whisper-tiny.en", "en")]
    [InlineData("whisper-large-v3-turbo", "mul")]
    [InlineData("distil-small.en", "en")]
    [InlineData("distil-large-v3.5", "en")]
    public void The_Whisper_family_is_in_it_each_with_all_that_its_engine_reads(string name, string language)
    {
        var model = Catalogue.Find(name);

        Assert.Equal(("whisper", language), (model.Family, Assert.Single(model.Languages)));
        Assert.True(model.Size > 0);
        foreach (var file in new[] { "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx" })
            Assert.Contains(model.Files, known => known.Name == file && !known.Optional);
    }

    [Fact]
    public void A_model_whose_files_do_not_say_their_sizes_comes_from_one_home_only() =>
        Assert.All(Catalogue.Models.Where(model => model.Family == "whisper"), model => Assert.Single(model.Files.Select(file => file.Sources.Single().Url!.AbsolutePath.Split("/resolve/")[0]).Distinct()));

    [Fact]
    public void What_was_published_says_where() =>
        Assert.All(Catalogue.Models.SelectMany(model => model.Published ?? []), figure => Assert.True(figure.Value > 0 && figure.On.Length > 0 && figure.Source.IsAbsoluteUri));

    [Fact]
    public void Every_licence_allows_use_in_a_product() =>
        Assert.All(Catalogue.Models, model => Assert.Contains(model.Licence, new[] { "MIT", "Apache-2.0" }));

    [Fact]
    public async Task A_real_model_comes_from_its_real_home()
    {
        var folder = Directory.CreateTempSubdirectory("captions-real-").FullName;
        try
        {
            var store = new ModelStore(new ModelOptions { Folder = folder });

            await store.EnsureAsync("silero-vad-v6");

            Assert.Equal([InstallState.Installed], (await store.VerifyAsync("silero-vad-v6")).Select(file => file.State));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
