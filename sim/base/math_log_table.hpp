// Table for log: a short reciprocal r of each interval's middle, -log r to 42 places, and the rest (checked by MPFR).
#pragma once

namespace sim::math {

struct LogEntry {
  double reciprocal;  // at most 17 bits, so that its products with half a mantissa are exact
  double log_hi;      // a multiple of 2^-42
  double log_lo;
};

/// Interval i starts at the double with bits log_table_start + (i << 45); the two around 1 have reciprocal 1.
inline constexpr unsigned long long log_table_start = 0x3fe6'0000'0000'0000;
inline constexpr LogEntry log_table[128] = {
  {0x1.734fp+0, -0x1.7cc7d5db46p-2, -0x1.059ebed21a2d6p-46}, {0x1.7138p+0, -0x1.77003cb91p-2, 0x1.1506e72e507c3p-47},
  {0x1.6f26p+0, -0x1.713e2fa46ap-2, -0x1.5b9b260293f1bp-46}, {0x1.6d1ap+0, -0x1.6b84a0cfd5p-2, -0x1.b8c763a28d496p-47},
  {0x1.6b15p+0, -0x1.65d692d49ep-2, 0x1.1e60051554a13p-45}, {0x1.6914p+0, -0x1.602bc0aed5p-2, 0x1.a53299049fe2cp-44},
  {0x1.671ap+0, -0x1.5a8cd1bbedp-2, -0x1.6038742507ac8p-44}, {0x1.6525p+0, -0x1.54f447b7bep-2, 0x1.0fb5530ccd276p-45},
  {0x1.6335p+0, -0x1.4f6248bb7bp-2, 0x1.ae3b6e53017b8p-44}, {0x1.614bp+0, -0x1.49d9e13bcp-2, -0x1.16b8c396d5e6bp-46},
  {0x1.5f66p+0, -0x1.44585a0527p-2, -0x1.944777a84ca8cp-45}, {0x1.5d86p+0, -0x1.3eddda3bd6p-2, 0x1.714a2c1b43336p-45},
  {0x1.5bacp+0, -0x1.396d7b59b1p-2, 0x1.4b02c1829b66p-44}, {0x1.59d6p+0, -0x1.3401852ae9p-2, 0x1.9fc832d19e51p-44},
  {0x1.5805p+0, -0x1.2e9d0dcdeap-2, -0x1.bec542ddb0dcdp-45}, {0x1.5639p+0, -0x1.29403db144p-2, 0x1.0699283fafb85p-45},
  {0x1.5472p+0, -0x1.23eb3d91c4p-2, -0x1.0a249af518006p-44}, {0x1.52bp+0, -0x1.1e9e367889p-2, -0x1.f45475b87c132p-46},
  {0x1.50f2p+0, -0x1.195647b9b3p-2, 0x1.896bc36478f15p-44}, {0x1.4f39p+0, -0x1.14169cf367p-2, -0x1.ec080eeda7de4p-48},
  {0x1.4d84p+0, -0x1.0edc4e0b68p-2, 0x1.ffd4817b5e31dp-44}, {0x1.4bd4p+0, -0x1.09aa8f2e6bp-2, 0x1.abd6a2f88de5cp-46},
  {0x1.4a28p+0, -0x1.047e70cde8p-2, -0x1.b7be26fc852cep-46}, {0x1.488p+0, -0x1.feb0233e6p-3, -0x1.f316e32d5e8c7p-45},
  {0x1.46ddp+0, -0x1.f4756534d8p-3, 0x1.8ce3b1d0075a6p-44}, {0x1.453ep+0, -0x1.ea46b1efeep-3, -0x1.6b68d497bbdcbp-48},
  {0x1.43a2p+0, -0x1.e01df461b4p-3, -0x1.1cd54e3911124p-45}, {0x1.420bp+0, -0x1.d6080bf8cp-3, -0x1.20f635304cd14p-45},
  {0x1.4078p+0, -0x1.cbfeec9dap-3, 0x1.eb725aeb8a87ep-45}, {0x1.3ee9p+0, -0x1.c202d6b17ep-3, -0x1.923e6ac71954ep-46},
  {0x1.3d5ep+0, -0x1.b8140b0b16p-3, -0x1.3270291dcd6afp-44}, {0x1.3bd6p+0, -0x1.ae2c4ef67p-3, -0x1.b28d3f2aa3c59p-44},
  {0x1.3a52p+0, -0x1.a452502e3cp-3, 0x1.27660da58cc13p-44}, {0x1.38d2p+0, -0x1.9a8650dea6p-3, 0x1.80f47b55db803p-44},
  {0x1.3756p+0, -0x1.90c8939f9cp-3, -0x1.1335b446c3741p-44}, {0x1.35ddp+0, -0x1.8712bf7508p-3, 0x1.3f707cc3c768bp-44},
  {0x1.3468p+0, -0x1.7d6ba3ca88p-3, 0x1.25d31cc9f6cfap-44}, {0x1.32f6p+0, -0x1.73ccd874e2p-3, -0x1.a19b0b09fdd7dp-44},
  {0x1.3187p+0, -0x1.6a3689ab26p-3, 0x1.83c228a0d05ap-45}, {0x1.301dp+0, -0x1.60b65c0a5cp-3, 0x1.42e5dd596dfc6p-44},
  {0x1.2eb5p+0, -0x1.5738609014p-3, 0x1.165501abd3fc3p-44}, {0x1.2d51p+0, -0x1.4dca449754p-3, -0x1.4e3ef40fd3a9p-45},
  {0x1.2bfp+0, -0x1.446579dc22p-3, -0x1.eec7ab57b84cbp-46}, {0x1.2a92p+0, -0x1.3b0a2e755cp-3, -0x1.4d29e3d04ec62p-44},
  {0x1.2937p+0, -0x1.31b890d394p-3, -0x1.dd2c461d6e26cp-45}, {0x1.27ep+0, -0x1.2877bbc0b6p-3, -0x1.74be8dfa16db8p-44},
  {0x1.268bp+0, -0x1.1f3a0e5f02p-3, 0x1.d9e6832e1d3a1p-44}, {0x1.253ap+0, -0x1.160d9824ap-3, 0x1.51e5ed7dabfaap-44},
  {0x1.23ebp+0, -0x1.0ce498dc1ap-3, -0x1.df3268f3514f4p-44}, {0x1.22ap+0, -0x1.03cd40a51ap-3, -0x1.81a979c146707p-44},
  {0x1.2158p+0, -0x1.f58187d7f8p-4, 0x1.10b7775e3899bp-47}, {0x1.2012p+0, -0x1.e3706ee304p-4, -0x1.fed09cb978024p-46},
  {0x1.1ecfp+0, -0x1.d175b081a8p-4, 0x1.2bceca14e0734p-44}, {0x1.1d8fp+0, -0x1.bf91af694p-4, -0x1.ddcd059845c86p-45},
  {0x1.1c52p+0, -0x1.adc4cee574p-4, -0x1.c17ccdfb50df1p-45}, {0x1.1b18p+0, -0x1.9c0f72d47cp-4, -0x1.d48f676b5eab2p-44},
  {0x1.19ep+0, -0x1.8a6377a914p-4, -0x1.c28bb5a46418ap-44}, {0x1.18abp+0, -0x1.78cfaa63d8p-4, 0x1.94c959a092f2p-44},
  {0x1.1779p+0, -0x1.675470927cp-4, 0x1.518dfd0183afcp-47}, {0x1.1649p+0, -0x1.55e37850bp-4, 0x1.138027e684b83p-45},
  {0x1.151cp+0, -0x1.448bc03ca8p-4, -0x1.db18064fdeb6p-44}, {0x1.13f1p+0, -0x1.333ed78174p-4, -0x1.82b773b88fdbep-44},
  {0x1.12c9p+0, -0x1.220bddc6fcp-4, 0x1.d01e8335e4ef2p-45}, {0x1.11a3p+0, -0x1.10e4433cbp-4, 0x1.8ef69296a3466p-44},
  {0x1.108p+0, -0x1.ffae9119b8p-5, -0x1.303374262c554p-45}, {0x1.0f5fp+0, -0x1.ddac7dc648p-5, 0x1.9f8b140e59482p-44},
  {0x1.0e4p+0, -0x1.bbc2bfc45p-5, 0x1.7d18691417dafp-46}, {0x1.0d24p+0, -0x1.9a103b563p-5, 0x1.2c3a4a70d3b2p-44},
  {0x1.0c0ap+0, -0x1.787735a02p-5, 0x1.8aa7f92ff563cp-44}, {0x1.0af3p+0, -0x1.5716d4c038p-5, -0x1.abb976786d0a2p-47},
  {0x1.09dep+0, -0x1.35d11fa8f8p-5, -0x1.3b704fd0261c7p-44}, {0x1.08cbp+0, -0x1.14a68e3efp-5, -0x1.44fe89ffd4f97p-45},
  {0x1.07bap+0, -0x1.e72f32812p-6, -0x1.f145a379992cep-44}, {0x1.06abp+0, -0x1.a5497488ap-6, 0x1.89d04de0648ccp-47},
  {0x1.059fp+0, -0x1.63db77865p-6, -0x1.bd58b61f506a8p-44}, {0x1.0495p+0, -0x1.22a811fap-6, 0x1.6455e504fc574p-46},
  {0x1.038cp+0, -0x1.c2e238418p-7, 0x1.8950b309aa2dap-46}, {0x1.0286p+0, -0x1.416b1f906p-7, -0x1.5db6fda8a1a3p-44},
  {0x1.0182p+0, -0x1.80de213ccp-8, -0x1.19dca101cdc8p-47}, {0x1p+0, 0x0p+0, 0x0p+0},
  {0x1p+0, 0x0p+0, 0x0p+0}, {0x1.fa12p-1, 0x1.7db6f5f8cp-7, 0x1.b9d840748ca0ep-45},
  {0x1.f632p-1, 0x1.3ccb043c1p-6, -0x1.22cb350ddfd8dp-44}, {0x1.f26p-1, 0x1.b9e8027e2p-6, -0x1.b9c9bb4f4fcfcp-44},
  {0x1.ee9cp-1, 0x1.1b15d8935p-5, -0x1.13ea842a027a8p-44}, {0x1.eae8p-1, 0x1.58a63afc9p-5, -0x1.656e6d58c041cp-46},
  {0x1.e742p-1, 0x1.95c290ed1p-5, -0x1.98ab7f2d35adap-44}, {0x1.e3aap-1, 0x1.d26758b16p-5, 0x1.21f91f44bb9f9p-44},
  {0x1.e01ep-1, 0x1.075993599p-4, -0x1.b0ecfe4604432p-44}, {0x1.dcap-1, 0x1.254062f0a8p-4, 0x1.416fe50bf3c56p-44},
  {0x1.d93p-1, 0x1.42e64bec28p-4, -0x1.9188e4249d675p-44}, {0x1.d5cap-1, 0x1.606c5a94e8p-4, 0x1.5292075665322p-46},
  {0x1.d272p-1, 0x1.7dae56d934p-4, -0x1.cac86f43c1d8cp-44}, {0x1.cf26p-1, 0x1.9abc1463fcp-4, -0x1.79171ca0d03a2p-45},
  {0x1.cbe6p-1, 0x1.b79412bcd8p-4, 0x1.8a82bfd3615fp-46}, {0x1.c8b2p-1, 0x1.d434cd673p-4, 0x1.7bc9ecd3d322bp-45},
  {0x1.c58ap-1, 0x1.f09cbc0254p-4, 0x1.e4247e9577786p-45}, {0x1.c26cp-1, 0x1.066e412d3cp-3, -0x1.650ea9f71aa62p-45},
  {0x1.bf58p-1, 0x1.1479784688p-3, 0x1.ab21c0820b429p-45}, {0x1.bc5p-1, 0x1.22663190aep-3, 0x1.596e8a3e0d005p-44},
  {0x1.b952p-1, 0x1.303ce98e4cp-3, 0x1.025f6c31cabb9p-44}, {0x1.b65ep-1, 0x1.3dfd030ed8p-3, -0x1.cb144b686618fp-46},
  {0x1.b374p-1, 0x1.4ba5df3a04p-3, 0x1.b9a3c69363383p-45}, {0x1.b094p-1, 0x1.5936dd9a32p-3, -0x1.9dc954aa776e5p-45},
  {0x1.adbep-1, 0x1.66af5c2792p-3, -0x1.4db8e44950281p-44}, {0x1.aaf2p-1, 0x1.740eb7540ep-3, 0x1.bc979c6007c5bp-44},
  {0x1.a82ep-1, 0x1.815df2147p-3, -0x1.75256d92bec69p-45}, {0x1.a574p-1, 0x1.8e92dde888p-3, 0x1.902abfd25a3dcp-45},
  {0x1.a2c2p-1, 0x1.9bb69ae886p-3, -0x1.073c57ce45926p-44}, {0x1.a01ap-1, 0x1.a8bed7c882p-3, 0x1.eb185cf770f25p-44},
  {0x1.9d7ap-1, 0x1.b5b4d1e8fcp-3, 0x1.3c8dc20fee737p-44}, {0x1.9ae2p-1, 0x1.c2980d58e8p-3, -0x1.dfe20bf067217p-44},
  {0x1.9852p-1, 0x1.cf680ce2p-3, 0x1.44a14d7187873p-44}, {0x1.95ccp-1, 0x1.dc1a3a0ae6p-3, -0x1.4178471a81993p-46},
  {0x1.934cp-1, 0x1.e8c2352aeap-3, -0x1.27d6ed05822d9p-45}, {0x1.90d4p-1, 0x1.f55575662ap-3, 0x1.101438adbd445p-45},
  {0x1.8e66p-1, 0x1.00e4985b6cp-2, -0x1.8d4755bce7d5dp-47}, {0x1.8bfcp-1, 0x1.071dddfd85p-2, 0x1.6459eebab1a3dp-44},
  {0x1.899cp-1, 0x1.0d46dd79acp-2, 0x1.e5906872c81ffp-45}, {0x1.8742p-1, 0x1.1369b4296ep-2, -0x1.977a13c647652p-45},
  {0x1.84fp-1, 0x1.1980f2dd43p-2, -0x1.24262183a4308p-44}, {0x1.82a4p-1, 0x1.1f91a1e4e2p-2, -0x1.17dd97615905fp-47},
  {0x1.806p-1, 0x1.2596410df9p-2, 0x1.8e7c177a43938p-44}, {0x1.7e22p-1, 0x1.2b93e7aba3p-2, 0x1.a26cf6f90d899p-45},
  {0x1.7becp-1, 0x1.31850495dp-2, 0x1.807adf756f48dp-44}, {0x1.79bap-1, 0x1.37742a2c61p-2, 0x1.1f3201bc4f554p-44},
  {0x1.779p-1, 0x1.3d565a5c5cp-2, -0x1.df35e81128443p-47}, {0x1.756cp-1, 0x1.4330caa0bbp-2, 0x1.25731cd21d67dp-44},
};

}  // namespace sim::math
